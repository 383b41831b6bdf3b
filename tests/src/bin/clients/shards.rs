//! A bot with two shards.

use polycord_simulator::{EntryKind, World};

use crate::stage::{Outcome, Stage};

pub(crate) fn world() -> World {
    World::new()
        .guild("tea house", |guild| guild.channel("general").member("ada"))
        .guild("library", |guild| guild.channel("desk").member("ada"))
}

pub(crate) async fn play(stage: &mut Stage) -> Outcome<()> {
    let sim = stage.sim.clone();
    let desk = sim.channel("desk");
    let told = "library on shard 1, tea house on shard 0";
    stage
        .message("each shard has its guild", desk, |m| m.content == told)
        .await?;
    stage.check("with one IDENTIFY each", sim.identifies() == 2)?;
    let refused = |kind: &EntryKind| matches!(kind, EntryKind::IdentifyRefused { .. });
    let journal = sim.journal();
    let refused = journal.iter().any(|entry| refused(&entry.kind));
    stage.check("which were far enough apart", !refused)?;

    sim.say(desk, sim.user("ada"), "!quit");
    stage.quits().await?;
    stage.nothing_refused()
}
