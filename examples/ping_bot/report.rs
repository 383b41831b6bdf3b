//! What is shown of a run, and whether it was a good one.

use std::{
    error::Error,
    fmt::{self, Arguments},
    time::{Duration, Instant},
};

use polycord::{
    ClientHandle, ClientStats, cache,
    gateway::{ShardStatus, State},
};
use polycord_simulator::{SentDispatch, Simulator};

use crate::{ledger::Ledger, simulation::Asked};

/// Says what happens, with the time since the start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress(Instant);

impl Progress {
    /// Starts the clock.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Says something.
    pub(crate) fn tell(&self, what: Arguments<'_>) {
        println!("[{:5.2} s] {what}", self.0.elapsed().as_secs_f64());
    }
}

/// The state of everything at the end of a run.
pub(crate) struct Report {
    shards: Vec<ShardStatus>,
    stats: ClientStats,
    cache: cache::Stats,
    asked: usize,
    commands: usize,
    replies: usize,
    responses: usize,
    identifies: usize,
    made: usize,
    lost: Vec<SentDispatch>,
    doubled: usize,
    replayed: usize,
}

impl Report {
    /// Looks at both sides: the bot, and what the simulator saw of it.
    pub(crate) fn take(
        sim: &Simulator,
        bot: &ClientHandle,
        ledger: &Ledger,
        asked: &Asked,
    ) -> Self {
        let made = sim.sent_dispatches();
        Self {
            shards: bot.shards(),
            stats: bot.stats(),
            cache: bot.cache().stats(),
            asked: asked.messages,
            commands: asked.commands.len(),
            replies: Self::replies(sim),
            responses: sim.responses().len(),
            identifies: sim.identifies(),
            made: made.len(),
            lost: ledger.lost(made),
            doubled: ledger.doubled(),
            replayed: ledger.replayed(),
        }
    }

    /// How many of the bot's replies the simulator holds.
    pub(crate) fn replies(sim: &Simulator) -> usize {
        let channels = sim
            .world()
            .guilds
            .into_iter()
            .flat_map(|guild| guild.channels);
        channels
            .flat_map(|channel| sim.messages(channel.id))
            .filter(|message| message.reply_to.is_some())
            .count()
    }

    /// An error with every reason why the run was not a good one.
    pub(crate) fn verdict(&self) -> Result<(), Box<dyn Error>> {
        let resumes = self.stats.resumes;
        let connected = self
            .shards
            .iter()
            .filter(|it| it.state == State::Ready)
            .count();
        let checks = [
            (
                connected == self.shards.len(),
                format!("{connected} of {} shards are connected", self.shards.len()),
            ),
            (
                self.lost.is_empty(),
                format!("{} of {} events were lost", self.lost.len(), self.made),
            ),
            (
                self.doubled == 0,
                format!("{} events were handled twice", self.doubled),
            ),
            (
                self.replies == self.asked,
                format!("{} of {} replies came", self.replies, self.asked),
            ),
            (
                self.responses == self.commands,
                format!(
                    "{} of {} commands were answered",
                    self.responses, self.commands
                ),
            ),
            (
                resumes == 1,
                format!("{resumes} sessions were resumed instead of one"),
            ),
            (
                self.identifies == self.shards.len(),
                format!(
                    "{} sessions were begun for {} shards",
                    self.identifies,
                    self.shards.len()
                ),
            ),
            (
                self.stats.handler_errors + self.stats.handler_panics == 0,
                format!(
                    "handlers failed: {} errors, {} panics",
                    self.stats.handler_errors, self.stats.handler_panics
                ),
            ),
        ];
        let failed: Vec<_> = checks
            .into_iter()
            .filter_map(|(good, why)| (!good).then_some(why))
            .collect();
        if failed.is_empty() {
            Ok(())
        } else {
            Err(failed.join("; ").into())
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "shards")?;
        for shard in &self.shards {
            let counters = &shard.counters;
            writeln!(
                f,
                "  {}  {:?}, {} events, {} heartbeats at {}, {} resumes",
                shard.shard,
                shard.state,
                counters.dispatches,
                counters.heartbeats,
                Latency(shard.latency_average),
                counters.resumed,
            )?;
        }
        writeln!(f, "events")?;
        let mut kinds: Vec<_> = self.stats.events.iter().collect();
        kinds.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for (name, count) in kinds {
            writeln!(f, "  {count:>6}  {name}")?;
        }
        writeln!(f, "cache                 entries     hits   misses")?;
        for (kind, stats) in self.cache.iter().filter(|(_, stats)| stats.inserts > 0) {
            writeln!(
                f,
                "  {:<18} {:>8} {:>8} {:>8}",
                format!("{kind:?}"),
                stats.entries,
                stats.hits,
                stats.misses
            )?;
        }
        if let Some(rate) = self.cache.hit_rate() {
            writeln!(f, "  hit rate {:.1} %", rate * 100.0)?;
        }
        writeln!(f, "answers")?;
        writeln!(
            f,
            "  {} of {} messages, {} of {} commands",
            self.replies, self.asked, self.responses, self.commands
        )?;
        writeln!(f, "delivery")?;
        write!(
            f,
            "  {} events made, {} lost, {} doubled; {} replayed after {} resumes",
            self.made,
            self.lost.len(),
            self.doubled,
            self.replayed,
            self.stats.resumes,
        )?;
        for lost in self.lost.iter().take(5) {
            write!(
                f,
                "\n  lost: {} (shard {}, seq {})",
                lost.name, lost.shard, lost.seq
            )?;
        }
        Ok(())
    }
}

/// A time that may not have been measured.
struct Latency(Option<Duration>);

impl fmt::Display for Latency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(time) => write!(f, "{time:.1?}"),
            None => f.write_str("no latency yet"),
        }
    }
}
