//! Slash commands: told to Discord when the bot is ready, and run when a user calls them.

use std::{sync::Arc, time::Duration};

use polycord_rest::Rest;
use polycord_types::{
    application_command::CreateCommand,
    id::{ApplicationId, GuildId},
};
use tokio::time::sleep;
use tracing::{info, warn};

use crate::error::Error;

/// Where a client's commands can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommandScope {
    /// Wherever the bot is. A change may take a while to reach every user.
    #[default]
    Global,
    /// In these guilds only, and there at once: what you want while you write the bot.
    Guilds(Vec<GuildId>),
}

/// The commands of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Commands {
    pub(crate) list: Vec<CreateCommand>,
    pub(crate) scope: CommandScope,
}

impl Commands {
    /// Makes the application's commands exactly these, and tries again for as long as Discord is in
    /// trouble.
    pub(crate) async fn register(
        self: Arc<Self>,
        rest: Rest,
        application: Option<ApplicationId>,
    ) -> Result<(), Error> {
        let mut attempts = 0;
        while let Err(error) = self.set(&rest, application).await {
            if !error.is_retryable() {
                return Err(error);
            }
            let delay = error
                .rest()
                .and_then(polycord_rest::Error::retry_after)
                .unwrap_or_else(|| backoff(attempts));
            attempts += 1;
            warn!(%error, ?delay, "slash commands not registered yet, trying again");
            sleep(delay).await;
        }
        info!(commands = self.list.len(), "slash commands registered");
        Ok(())
    }

    async fn set(&self, rest: &Rest, application: Option<ApplicationId>) -> Result<(), Error> {
        // READY names the application, but it is documented to be read without.
        let application = match application {
            Some(application) => application,
            None => rest.current_application().await?.id,
        };
        match &self.scope {
            CommandScope::Global => rest
                .set_global_commands(application, &self.list)
                .await
                .map(drop)
                .map_err(|error| Error::commands("for all guilds", error)),
            CommandScope::Guilds(guilds) => {
                for guild in guilds {
                    rest.set_guild_commands(application, *guild, &self.list)
                        .await
                        .map_err(|error| {
                            Error::commands(format_args!("for guild {guild}"), error)
                        })?;
                }
                Ok(())
            }
        }
    }
}

/// 1 s, doubled up to 64 s. One request per bot needs no jitter.
fn backoff(attempts: u32) -> Duration {
    Duration::from_secs(1 << attempts.min(6))
}
