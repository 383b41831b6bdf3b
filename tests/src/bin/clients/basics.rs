//! What every bot does: starts, answers, keeps its cache, is reconnected, ends.

use std::collections::BTreeSet;
use std::time::Duration;

use polycord_simulator::{CommandOption, EntryKind, Journal, Message, Simulator, World};

use crate::stage::{Outcome, Stage};

/// More people than one chunk of members holds.
const GUESTS: usize = 1_200;

/// A way in which a connection ends.
type End = fn(&Simulator) -> bool;

/// It is to resume after each.
const ENDS: [(&str, End); 3] = [
    ("told to reconnect (op 7), it does", |sim| sim.reconnect(0)),
    ("its connection is cut", |sim| sim.cut(0)),
    ("its connection is closed with 4000", |sim| {
        sim.close(0, 4000)
    }),
];
const SOON: Duration = Duration::from_secs(10);

pub(crate) fn world() -> World {
    World::new()
        .guild("tea house", |guild| {
            let guild = guild
                .channel("general")
                .channel("quiet")
                .voice_channel("parlour");
            let guild = guild.member("ada").member_with_roles("bob", &["host"]);
            (0..GUESTS).fold(guild, |guild, number| {
                guild.member(&format!("guest {number}"))
            })
        })
        .guild("library", |guild| guild.channel("desk").member("ada"))
}

pub(crate) async fn play(stage: &mut Stage) -> Outcome<()> {
    let sim = stage.sim.clone();
    let (general, ada, bob) = (sim.channel("general"), sim.user("ada"), sim.user("bob"));
    let bot = sim.user("polycord");

    let ready = |m: &Message| m.content == "ready: 2 guilds";
    stage
        .message("ready, with its cache as it must be", general, ready)
        .await?;
    stage.check(
        "its commands are registered",
        stage.requests("PUT", "/commands", 200) == 1,
    )?;
    stage.check("with one IDENTIFY", sim.identifies() == 1)?;

    let asked = sim.say(general, ada, "!ping");
    let replied = |m: &Message| m.author_id == bot && m.reply_to == Some(asked);
    stage.message("it replies", general, replied).await?;
    let edited =
        |m: &Message| m.content == "pong, edited" && m.json["edited_timestamp"].is_string();
    let pong = stage
        .message("and edits its reply", general, edited)
        .await?;
    let reacted = |m: &Message| {
        m.id == asked
            && m.json["reactions"][0]["emoji"]["name"] == "✅"
            && m.json["reactions"][0]["me"] == true
    };
    stage.message("and reacts", general, reacted).await?;
    sim.react(general, pong.id, bob, "👍");
    let noticed = |m: &Message| m.content == "bob reacted with 👍";
    stage
        .message("it sees a reaction", general, noticed)
        .await?;

    sim.say(general, ada, "!members");
    let everybody = format!("{} members, host", GUESTS + 4);
    stage
        .message(
            "it asks for all members, and for some by name",
            general,
            |m| m.content == everybody,
        )
        .await?;

    let options = [
        CommandOption::user("who", bob),
        CommandOption::integer("times", 2),
    ];
    let greeted = sim.run_command(general, ada, "greet", options);
    let response = stage
        .step("it answers a slash command", sim.expect_response(greeted))
        .await?;
    let answer = response.message.ok_or("the answer is no message")?;
    stage.check(
        "with the member and the number given",
        answer.content.trim() == "hello bob bob",
    )?;

    let pressed = sim.press(general, answer.id, bob, "again");
    let response = stage
        .step("it answers a button", sim.expect_response(pressed))
        .await?;
    stage.check("by changing the message", response.kind == 7)?;
    let changed = |m: &Message| m.id == answer.id && m.content == "pressed by bob";
    stage
        .message("which says who pressed", general, changed)
        .await?;

    for (number, (how, end)) in ENDS.into_iter().enumerate() {
        stage.check("it is connected", end(&sim))?;
        let ended = sim.expect_journal(move |journal| ends(journal) > number, SOON);
        stage.step(how, ended).await?;
        sim.say(general, ada, &format!("!count {number}"));
        let heard = format!("heard {number}");
        let what = "it hears what was said before it was back";
        stage.message(what, general, |m| m.content == heard).await?;
        stage.check("by a RESUME", sim.resumes() == number + 1)?;
    }
    let twice = |number: usize| {
        sim.messages(general)
            .iter()
            .filter(|m| m.content == format!("heard {number}"))
            .count()
    };
    stage.check(
        "nothing came twice",
        (0..3).all(|number| twice(number) == 1),
    )?;
    stage.check("it never identified again", sim.identifies() == 1)?;

    sim.say(general, ada, "!quit");
    stage.quits().await?;
    let gone = sim.expect_journal(|_| sim.connections() == 0, Duration::from_secs(10));
    gone.await.map_err(|_| "the connection stayed")?;
    stage.check("its connection is closed", true)?;
    stage.nothing_refused()
}

/// How many connections have ended.
fn ends(journal: &Journal) -> usize {
    let ended = journal.iter().filter(|entry| {
        matches!(
            entry.kind,
            EntryKind::ClientClosed { .. }
                | EntryKind::ClientGone
                | EntryKind::ServerClosed { .. }
                | EntryKind::ServerCut
        )
    });
    ended
        .map(|entry| entry.connection)
        .collect::<BTreeSet<_>>()
        .len()
}
