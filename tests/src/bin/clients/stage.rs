//! Where a play happens: the simulator, the bot, and the clock of every step.

use std::error::Error;
use std::time::{Duration, Instant};

use polycord_simulator::{EntryKind, Message, Simulator, World};
use polycord_types::id::ChannelId;

use crate::bot::Bot;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// Any one step. Clients may wait up to 5 s before they identify, and back off before they resume.
const STEP: Duration = Duration::from_secs(30);
/// Entries of the journal that are shown when a play fails.
const SHOWN: usize = 80;

pub(crate) struct Stage {
    pub(crate) sim: Simulator,
    bot: Bot,
    begun: Instant,
}

impl Stage {
    pub(crate) async fn start(world: World, tls: bool, command: &[String]) -> Outcome<Self> {
        let begun = Instant::now();
        let sim = Simulator::builder().world(world).tls(tls).start().await?;
        let mut environment = vec![
            ("SIMULATOR_API_URL", sim.api_url().to_owned()),
            ("SIMULATOR_GATEWAY_URL", sim.gateway_url().to_owned()),
            ("SIMULATOR_TOKEN", sim.token().to_owned()),
        ];
        if let Some(authority) = sim.ca_pem() {
            let file = std::env::temp_dir().join(format!("simulator-{}.pem", std::process::id()));
            std::fs::write(&file, authority)?;
            let file = file.to_string_lossy().into_owned();
            environment.push(("SSL_CERT_FILE", file.clone()));
            environment.push(("NODE_EXTRA_CA_CERTS", file));
        }
        let bot = Bot::start(command, &environment)?;
        Ok(Self { sim, bot, begun })
    }

    /// Waits for what `doing` waits for, as long as the bot lives and no longer than a step takes.
    pub(crate) async fn step<T, E>(
        &mut self,
        what: &str,
        doing: impl Future<Output = Result<T, E>>,
    ) -> Outcome<T>
    where
        E: Into<Box<dyn Error>>,
    {
        let done = tokio::select! {
            done = tokio::time::timeout(STEP, doing) => done.map_err(|_| format!("{what}: not within {STEP:?}"))?,
            ended = self.bot.ended() => return Err(format!("{what}: the bot ended, {}", ended?).into()),
        };
        let done = done.map_err(Into::into)?;
        self.done(what);
        Ok(done)
    }

    /// Waits for a message.
    pub(crate) async fn message(
        &mut self,
        what: &str,
        channel: ChannelId,
        matching: impl Fn(&Message) -> bool,
    ) -> Outcome<Message> {
        let sim = self.sim.clone();
        let seen = async {
            let seen = sim.expect_message(channel, matching, STEP).await;
            seen.map_err(|_| format!("{what}: there is no such message within {STEP:?}"))
        };
        self.step(what, seen).await
    }

    /// What must be true now.
    pub(crate) fn check(&self, what: &str, holds: bool) -> Outcome<()> {
        if !holds {
            return Err(format!("not so: {what}").into());
        }
        self.done(what);
        Ok(())
    }

    /// The bot ends by itself, without an error.
    pub(crate) async fn quits(&mut self) -> Outcome<()> {
        let ended = tokio::time::timeout(STEP, self.bot.ended()).await;
        let ended = ended.map_err(|_| format!("the bot did not end within {STEP:?}"))??;
        self.check("the bot ends, and without an error", ended.success())
    }

    /// How many requests of this method were answered with `status`, where the path ends so.
    pub(crate) fn requests(&self, wanted: &str, ending: &str, wanted_status: u16) -> usize {
        let journal = self.sim.journal();
        let fits = |kind: &EntryKind| {
            matches!(kind, EntryKind::Http { method, path, status, .. }
                if wanted == method.as_str() && path.ends_with(ending) && *status == wanted_status)
        };
        journal.iter().filter(|entry| fits(&entry.kind)).count()
    }

    /// Whether every request was answered as Discord would have: none is missing, none refused.
    pub(crate) fn nothing_refused(&self) -> Outcome<()> {
        let journal = self.sim.journal();
        let refused = journal.iter().find(|entry| {
            matches!(entry.kind, EntryKind::Http { status, .. } if status >= 400 && status != 429)
        });
        match refused {
            Some(entry) => Err(format!("a request was refused: {entry}").into()),
            None => self.check(
                "no request was refused, or is missing in the simulator",
                true,
            ),
        }
    }

    /// Why it failed, as far as can be known.
    pub(crate) fn tell(&self, error: &dyn Error) {
        let journal = self.sim.journal();
        println!("\nthe journal's end:");
        for entry in journal.iter().skip(journal.len().saturating_sub(SHOWN)) {
            println!("{entry}");
        }
        println!("\nthe bot's output:\n{}\n{error}", self.bot.output());
    }

    pub(crate) async fn end(self) {
        drop(self.bot);
        self.sim.shutdown().await;
    }

    fn done(&self, what: &str) {
        println!("{:>7.2} s  {what}", self.begun.elapsed().as_secs_f64());
    }
}
