//! Application commands.

use polycord_types::{
    application_command::{ApplicationCommand, CreateCommand},
    id::{ApplicationId, GuildId},
};

use super::{get, put, with};
use crate::{call::Call, client::Rest};

impl Rest {
    /// The commands that exist everywhere.
    ///
    /// See <https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands>.
    pub fn global_commands(&self, application: ApplicationId) -> Call<Vec<ApplicationCommand>> {
        Call::json(
            self,
            get("/applications/{application_id}/commands", &[&application]),
        )
    }

    /// Replaces all commands that exist everywhere.
    ///
    /// See <https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands>.
    pub fn set_global_commands(
        &self,
        application: ApplicationId,
        commands: &[CreateCommand],
    ) -> Call<Vec<ApplicationCommand>> {
        let request = with(
            put("/applications/{application_id}/commands", &[&application]),
            commands,
        );
        Call::json(self, request)
    }

    /// Replaces all commands that exist in one guild only.
    ///
    /// See <https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands>.
    pub fn set_guild_commands(
        &self,
        application: ApplicationId,
        guild: GuildId,
        commands: &[CreateCommand],
    ) -> Call<Vec<ApplicationCommand>> {
        let route = put(
            "/applications/{application_id}/guilds/{guild_id}/commands",
            &[&application, &guild],
        );
        let request = with(route, commands);
        Call::json(self, request)
    }
}
