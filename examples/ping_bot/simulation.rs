//! The run on the embedded simulator: people talk, a socket is cut, nothing may be lost.

use std::{error::Error, time::Duration};

use polycord::{Client, ClientHandle, cache::Kind};
use polycord_simulator::{Fault, Simulator, World};
use polycord_types::{
    Permissions,
    id::{ChannelId, InteractionId, UserId},
};
use tokio::time::{Instant, interval, sleep, timeout};

use crate::{
    bot::ping_bot,
    ledger::Ledger,
    options::Sabotage,
    report::{Progress, Report},
};

/// Makes the world, and every wait of the bot, the same in each run.
const SEED: u64 = 2026;
const SHARDS: u32 = 2;
const GUILDS: usize = 6;
const MEMBERS: usize = 80;
/// Rounds of talk; each brings one `!ping`, every fourth a `/ping`.
const ROUNDS: usize = 60;
const ROUND: Duration = Duration::from_millis(50);
/// The round in which the socket of shard 0 is cut.
const CUT: usize = 20;
/// The longest that the bot may take to get ready, and to answer the last question.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a channel must allow to those who talk there.
const TALK: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::USE_APPLICATION_COMMANDS);

/// What people asked of the bot.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) messages: usize,
    pub(crate) commands: Vec<InteractionId>,
}

/// Runs bot and simulator, and prints how it went.
pub(crate) async fn run(sabotage: Option<Sabotage>) -> Result<(), Box<dyn Error>> {
    let progress = Progress::start();
    let sim = Simulator::builder()
        .world(World::generate(SEED, GUILDS, MEMBERS))
        .shards(SHARDS)
        .max_concurrency(SHARDS)
        .heartbeat_interval(Duration::from_millis(500))
        .start()
        .await?;
    progress.tell(format_args!("simulator on {}", sim.gateway_url()));

    let ledger = Ledger::default();
    let entries = ledger.clone();
    let client = ping_bot(Client::builder(sim.token()))
        .api_url(sim.api_url())
        .gateway_url(sim.gateway_url())
        .seed(SEED)
        .on_dispatch(move |dispatch| entries.enter(dispatch))
        .build()
        .start()
        .await?;
    let handle = client.handle();
    get_ready(&handle, &progress).await?;

    let asked = talk(&sim, &handle, sabotage, &progress).await;
    progress.tell(format_args!(
        "{} messages and {} commands sent; waiting for the last answers",
        asked.messages,
        asked.commands.len()
    ));
    settle(&sim, &ledger, &asked).await;

    let report = Report::take(&sim, &handle, &ledger, &asked);
    client.shutdown().await?;
    sim.shutdown().await;
    println!("\n{report}");
    report.verdict()
}

async fn get_ready(handle: &ClientHandle, progress: &Progress) -> Result<(), Box<dyn Error>> {
    let all = async {
        handle.ready().await;
        while handle.cache().stats().of(Kind::Guild).entries < GUILDS as u64 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    let in_time = timeout(PATIENCE, all).await;
    in_time.map_err(|_| "the shards did not get ready, or guilds did not arrive")?;
    progress.tell(format_args!(
        "{SHARDS} shards ready, {GUILDS} guilds arrived"
    ));
    Ok(())
}

/// Lets people talk, and cuts a socket while they do.
async fn talk(
    sim: &Simulator,
    handle: &ClientHandle,
    sabotage: Option<Sabotage>,
    progress: &Progress,
) -> Asked {
    let places = places(sim);
    let mut asked = Asked::default();
    let mut rounds = interval(ROUND);
    for round in 0..ROUNDS {
        rounds.tick().await;
        let (channel, people) = &places[round % places.len()];
        let person = people[round % people.len()];
        sim.typing(*channel, person);
        sim.say(*channel, person, "is the bot awake?");
        sim.say(*channel, person, "!ping");
        asked.messages += 1;
        if round % 4 == 0 {
            asked
                .commands
                .push(sim.run_command(*channel, person, "ping", []));
        }
        if round == CUT / 2 && sabotage == Some(Sabotage::DropEvent) {
            sim.drop_event(0, Some("MESSAGE_CREATE"));
        }
        if round == CUT {
            if sabotage == Some(Sabotage::SkipResume) {
                sim.script(0, Fault::RefuseResumeWith4007);
            }
            sim.cut(0);
            progress.tell(format_args!("the socket of shard 0 is cut in mid-traffic"));
            tokio::spawn(tell_of_resume(handle.clone(), *progress));
        }
    }
    asked
}

/// Every channel with the people who may speak and run commands in it, so that neighbours belong to different guilds:
/// both shards have traffic all the time.
fn places(sim: &Simulator) -> Vec<(ChannelId, Vec<UserId>)> {
    let world = sim.world();
    let mut places = Vec::new();
    for guild in &world.guilds {
        let people = guild.members.iter().filter(|member| !member.bot);
        let people: Vec<_> = people.map(|member| member.id).collect();
        // Text channels: in forums and categories nobody speaks.
        let channels = guild.channels.iter().filter(|channel| channel.kind == 0);
        let open = channels.filter_map(|channel| {
            let may_talk = |user: &UserId| sim.permissions(channel.id, *user).contains(TALK);
            let people: Vec<_> = people.iter().copied().filter(may_talk).collect();
            (may_talk(&world.bot) && !people.is_empty()).then_some((channel.id, people))
        });
        places.extend(open.enumerate());
    }
    places.sort_by_key(|(at, _)| *at);
    places.into_iter().map(|(_, place)| place).collect()
}

async fn tell_of_resume(handle: ClientHandle, progress: Progress) {
    let Some(shard) = handle.shard(0) else { return };
    if shard
        .wait_for(|status| status.counters.resumed > 0)
        .await
        .is_some()
    {
        progress.tell(format_args!("shard 0 has resumed"));
    }
}

/// Waits until everything was answered and has arrived, or will not any more.
async fn settle(sim: &Simulator, ledger: &Ledger, asked: &Asked) {
    let end = Instant::now() + PATIENCE;
    let done = || {
        sim.responses().len() >= asked.commands.len()
            && Report::replies(sim) >= asked.messages
            && ledger.lost(sim.sent_dispatches()).is_empty()
    };
    while !done() && Instant::now() < end {
        sleep(Duration::from_millis(20)).await;
    }
}
