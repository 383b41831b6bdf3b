//! Requests that end, whatever becomes of their answers.

use std::time::Duration;

use polycord_gateway::{Compression, MemberRequest, Members, RequestError, Shard, ShardId};
use polycord_simulator::{Fault, RequestFault, Simulator, World};
use polycord_types::{
    gateway::send::{ChannelInfoField, RequestGuildMembers},
    id::GuildId,
};
use tokio::{task::JoinHandle, time::Instant};

use crate::{
    opcode::{CHANNEL_INFO, HEARTBEAT, IDENTIFY, MEMBERS, SOUNDBOARD, VOICE_STATE},
    recorder::Recorder,
    rig::{Rig, seconds},
};

/// Members of the crowd, the bot and the owner included: three chunks.
const CROWD: usize = 2_502;

/// A shard with one large guild.
async fn crowd() -> (Rig, GuildId) {
    let world = World::generate(3, 1, CROWD - 2);
    let sim = Rig::simulator().world(world).start().await.unwrap();
    // Uncompressed: there is nothing to be learned from deflating a crowd.
    let rig = Rig::on(&sim, |config| config.compression(Compression::None));
    rig.wait_ready(1).await;
    let guild = rig.sim.world().guilds[0].id;
    (rig, guild)
}

fn everybody(rig: &Rig, guild: GuildId) -> MemberRequest {
    rig.shard
        .request_members(RequestGuildMembers::everybody(guild))
}

fn spawn(request: MemberRequest) -> JoinHandle<Result<Members, RequestError>> {
    tokio::spawn(request.into_future())
}

/// That each member came once, in the order of the server.
fn assert_whole(members: &Members) {
    let users = members
        .members
        .iter()
        .map(|it| it.user.as_ref().unwrap().id);
    let users: Vec<_> = users.collect();
    assert_eq!(users.len(), CROWD);
    assert!(users.windows(2).all(|pair| pair[0] < pair[1]));
}

#[tokio::test(start_paused = true)]
async fn members_come_together_and_the_consumer_gets_the_chunks_as_well() {
    let (rig, guild) = crowd().await;
    assert_whole(
        &rig.in_time(everybody(&rig, guild).into_future())
            .await
            .unwrap(),
    );
    let some = RequestGuildMembers::users(guild, [rig.sim.world().bot, 1.try_into().unwrap()]);
    let some = rig
        .in_time(rig.shard.request_members(some).into_future())
        .await
        .unwrap();
    assert_eq!((some.members.len(), some.not_found.len()), (1, 1));
    rig.assert_nothing_lost().await;
    let chunks = rig.seen.handled();
    let chunks = chunks.iter().filter(|it| it.name == "GUILD_MEMBERS_CHUNK");
    assert_eq!(chunks.count(), 4);
}

#[tokio::test(start_paused = true)]
async fn those_who_ask_for_everybody_at_once_share_one_request() {
    let (rig, guild) = crowd().await;
    let tasks: Vec<_> = (0..20).map(|_| spawn(everybody(&rig, guild))).collect();
    for task in tasks {
        assert_whole(&rig.in_time(task).await.unwrap().unwrap());
    }
    assert_eq!(rig.client_frames(MEMBERS).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn t57_who_asks_again_too_soon_is_answered_when_the_time_has_come() {
    let (rig, guild) = crowd().await;
    assert_whole(&everybody(&rig, guild).await.unwrap());
    rig.pass(seconds(5)).await;
    assert_whole(&everybody(&rig, guild).await.unwrap());
    let asked = rig.client_frames(MEMBERS);
    assert_eq!(asked.len(), 3);
    let waited = asked[2].saturating_sub(asked[0]);
    assert!(waited >= seconds(30) && waited <= seconds(31), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn t57_who_is_told_twice_to_come_later_is_told_when() {
    let (rig, guild) = crowd().await;
    let retry_after = seconds(12);
    let limit = RequestFault::RateLimit {
        op: MEMBERS,
        retry_after,
    };
    rig.sim.script(0, limit.times(2));
    let error = everybody(&rig, guild).await.unwrap_err();
    assert!(matches!(error, RequestError::RateLimited { retry_after: it } if it == retry_after));
    let asked = rig.client_frames(MEMBERS);
    assert_eq!(asked.len(), 2);
    assert!(asked[1] >= asked[0] + retry_after);
    assert_eq!(rig.sim.connections_opened(), 1);
}

#[tokio::test(start_paused = true)]
async fn t58_a_lost_chunk_ends_the_request_by_time() {
    let (rig, guild) = crowd().await;
    rig.sim.script(0, RequestFault::LoseChunk(1));
    let asked = Instant::now();
    let error = everybody(&rig, guild).await.unwrap_err();
    let expected = Some(3);
    assert!(matches!(error, RequestError::Timeout { received: 2, expected: it } if it == expected));
    assert_eq!(asked.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn t58_chunks_in_any_order_and_twice_make_the_same_answer() {
    let (rig, guild) = crowd().await;
    rig.sim.script(0, RequestFault::RepeatChunks);
    rig.sim.script(0, RequestFault::ReverseChunks);
    let asked = Instant::now();
    assert_whole(&everybody(&rig, guild).await.unwrap());
    assert!(asked.elapsed() < seconds(1), "it ends by count");
}

#[tokio::test(start_paused = true)]
async fn t58_a_guild_that_goes_in_the_middle_ends_the_request() {
    for outage in [true, false] {
        let (rig, guild) = crowd().await;
        rig.sim
            .script(0, RequestFault::GuildGone { after: 2, outage });
        let asked = Instant::now();
        let mut chunks = everybody(&rig, guild);
        let mut members = 0;
        let error = loop {
            match chunks.next().await.unwrap() {
                Ok(chunk) => members += chunk.members.len(),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, RequestError::GuildGone { outage: it } if it == outage));
        assert!(chunks.next().await.is_none());
        assert_eq!(members, 2_000, "what came before is given");
        assert!(asked.elapsed() < seconds(1));
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_cut_off_comes_with_the_resume() {
    let (rig, guild) = crowd().await;
    rig.sim.script(0, RequestFault::CutAfter(MEMBERS));
    assert_whole(
        &rig.in_time(everybody(&rig, guild).into_future())
            .await
            .unwrap(),
    );
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    assert_eq!(rig.client_frames(MEMBERS).len(), 1);
    rig.assert_nothing_lost().await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_with_its_session_is_told_as_that() {
    let (rig, guild) = crowd().await;
    rig.sim.script(0, RequestFault::CutAfter(MEMBERS));
    rig.sim.script(0, Fault::RefuseResumeWith4007);
    let error = rig
        .in_time(everybody(&rig, guild).into_future())
        .await
        .unwrap_err();
    assert!(matches!(error, RequestError::SessionLost), "{error}");
    rig.wait_ready(2).await;
    assert_eq!(rig.client_frames(IDENTIFY).len(), 2);
    // The ration of the guild is used up, and nobody hangs.
    assert_whole(&everybody(&rig, guild).await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn t55_requests_made_while_the_server_is_away_are_asked_after_the_resume() {
    let (rig, guild) = crowd().await;
    rig.sim.close(0, 4008);
    rig.wait(|status| status.state != polycord_gateway::State::Ready)
        .await;
    let all = spawn(everybody(&rig, guild));
    let sounds = rig.shard.request_soundboard_sounds([guild]);
    assert_eq!(rig.in_time(sounds.into_future()).await.unwrap().len(), 1);
    assert_whole(&rig.in_time(all).await.unwrap().unwrap());
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_request_ends_with_its_shard() {
    let (rig, guild) = crowd().await;
    rig.sim.script(0, RequestFault::Ignore(MEMBERS));
    let asked = spawn(everybody(&rig, guild));
    rig.pass(seconds(1)).await;
    rig.shard.shutdown().await;
    let error = rig.in_time(asked).await.unwrap().unwrap_err();
    assert!(matches!(error, RequestError::Closed), "{error}");
    let error = everybody(&rig, guild).await.unwrap_err();
    assert!(matches!(error, RequestError::Closed), "{error}");
    assert_eq!(rig.client_frames(MEMBERS).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_shard_that_is_gone() {
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let mut shard = Shard::start(Rig::config(&sim, ShardId::ONE)).unwrap();
    let handle = shard.handle();
    handle.wait_for(|status| status.counters.ready == 1).await;
    sim.script(0, RequestFault::Ignore(MEMBERS));
    let everybody = RequestGuildMembers::everybody(sim.guild("polycord"));
    let asked = spawn(handle.request_members(everybody));
    shard.next().await;
    drop(shard);
    let error = tokio::time::timeout(seconds(5), asked)
        .await
        .unwrap()
        .unwrap()
        .unwrap_err();
    assert!(matches!(error, RequestError::Closed), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_request_of_somebody_who_does_not_read_the_shard_ends_by_time() {
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let shard = Shard::start(Rig::config(&sim, ShardId::ONE).buffer(16)).unwrap();
    let handle = shard.handle();
    handle.wait_for(|status| status.counters.ready == 1).await;
    for _ in 0..50 {
        sim.say(sim.channel("general"), sim.user("ada"), "unread");
    }
    handle.wait_for(|status| status.paused).await;
    let everybody = RequestGuildMembers::everybody(sim.guild("polycord"));
    let error = handle.request_members(everybody).await.unwrap_err();
    assert!(matches!(error, RequestError::Timeout { .. }), "{error}");
    assert_eq!(
        sim.connections_opened(),
        1,
        "the connection is none the worse"
    );
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_not_read_on_holds_nothing_up() {
    let (rig, guild) = crowd().await;
    let interval = rig.shard.status().heartbeat_interval.unwrap();
    let mut chunks = everybody(&rig, guild);
    assert!(chunks.next().await.unwrap().is_ok());
    rig.sim.say(
        rig.sim.world().guilds[0].channels[0].id,
        rig.sim.world().bot,
        "on and on",
    );
    rig.pass(seconds(600)).await;
    rig.assert_nothing_lost().await;
    for pair in rig.client_frames(HEARTBEAT).windows(2) {
        assert!(pair[1] <= pair[0] + interval + Duration::from_millis(5));
    }
    assert!(chunks.next().await.unwrap().is_ok(), "what came is kept");
}

#[tokio::test(start_paused = true)]
async fn soundboard_sounds_and_channel_info_are_asked_for_and_end() {
    let world = World::new()
        .guild("tea house", |g| {
            g.sound("kettle")
                .voice_channel("lounge")
                .voice_status("lounge", "tasting")
        })
        .guild("library", |g| g.sound("quiet").sound("page"));
    let sim = Simulator::builder()
        .in_memory()
        .world(world)
        .start()
        .await
        .unwrap();
    let shard = Shard::start(Rig::config(&sim, ShardId::ONE)).unwrap();
    let handle = shard.handle();
    let seen = Recorder::of(shard);
    let rig = Rig {
        sim,
        shard: handle,
        seen,
    };
    rig.wait_ready(1).await;
    let (tea, library) = (rig.sim.guild("tea house"), rig.sim.guild("library"));

    let sounds = rig
        .shard
        .request_soundboard_sounds([library, tea])
        .await
        .unwrap();
    let counts: Vec<_> = sounds
        .iter()
        .map(|it| (it.guild_id, it.soundboard_sounds.len()))
        .collect();
    assert_eq!(counts, [(library, 2), (tea, 1)]);

    let fields = [ChannelInfoField::Status, ChannelInfoField::VoiceStartTime];
    let info = rig.shard.request_channel_info(tea, fields).await.unwrap();
    assert_eq!(info.channels.len(), 1);
    assert_eq!(info.channels[0].status.as_deref(), Some("tasting"));

    rig.sim.script(0, RequestFault::Ignore(SOUNDBOARD));
    rig.sim.script(0, RequestFault::Ignore(CHANNEL_INFO));
    let error = rig
        .shard
        .request_soundboard_sounds([tea])
        .await
        .unwrap_err();
    assert!(
        matches!(error, RequestError::Timeout { received: 0, .. }),
        "{error}"
    );
    let info = rig
        .shard
        .request_channel_info(tea, [ChannelInfoField::Status]);
    let error = info.idle_timeout(seconds(2)).await.unwrap_err();
    assert!(matches!(error, RequestError::Timeout { .. }), "{error}");
    assert_eq!(rig.client_frames(SOUNDBOARD).len(), 2);
    assert_eq!(rig.client_frames(CHANNEL_INFO).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_voice_channel_is_joined_moved_in_and_left() {
    let rig = Rig::ready().await;
    let (guild, lounge) = (rig.sim.guild("polycord"), rig.sim.channel("lounge"));
    for fault in [
        None,
        Some(RequestFault::VoiceServerFirst),
        Some(RequestFault::VoiceServerAway),
    ] {
        if let Some(fault) = fault {
            rig.sim.script(0, fault);
        }
        let info = rig
            .in_time(rig.shard.join_voice(guild, lounge))
            .await
            .unwrap();
        assert_eq!((info.guild_id, info.channel_id), (guild, lounge));
        assert_eq!(info.user_id, rig.sim.world().bot);
        assert_eq!(info.endpoint, "voice.simulator.invalid:443");
        assert_eq!(info.session_id, format!("{:032x}", info.user_id.get()));
        assert_eq!(info.token.expose(), "voice-token");
        assert!(!format!("{info:?}").contains("voice-token"));
    }
    assert_eq!(rig.client_frames(VOICE_STATE).len(), 3);

    // Another guild's channel is none of this guild.
    let stage = rig.sim.channel("stage");
    let error = rig.shard.join_voice(guild, stage).await.unwrap_err();
    assert!(
        matches!(error, RequestError::Timeout { received: 0, .. }),
        "{error}"
    );

    rig.shard.leave_voice(guild).unwrap();
    rig.pass(seconds(1)).await;
    let left = rig.seen.last("VOICE_STATE_UPDATE").unwrap();
    assert!(
        left.data().contains(r#""channel_id":null"#),
        "{}",
        left.data()
    );
}

#[tokio::test(start_paused = true)]
async fn voice_is_joined_in_a_session_that_was_taken_over() {
    let rig = Rig::ready().await;
    let saved = rig.shard.close_resumable().await.unwrap();
    let next = Shard::start(Rig::config(&rig.sim, ShardId::ONE).session(saved)).unwrap();
    let handle = next.handle();
    let seen = Recorder::of(next);
    let (guild, lounge) = (rig.sim.guild("polycord"), rig.sim.channel("lounge"));
    let info = rig.in_time(handle.join_voice(guild, lounge)).await.unwrap();
    assert_eq!(info.user_id, rig.sim.world().bot);
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    assert_eq!(seen.stopped(), None);
}

#[tokio::test(start_paused = true)]
async fn joining_voice_outlives_a_resume() {
    let rig = Rig::ready().await;
    let (guild, lounge) = (rig.sim.guild("polycord"), rig.sim.channel("lounge"));
    rig.sim.script(0, RequestFault::CutAfter(VOICE_STATE));
    let info = rig
        .in_time(rig.shard.join_voice(guild, lounge))
        .await
        .unwrap();
    assert_eq!(info.channel_id, lounge);
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    assert_eq!(rig.client_frames(VOICE_STATE).len(), 1);
}
