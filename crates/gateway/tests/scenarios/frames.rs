//! Frames that nobody expects, large ones, and broken ones.

use std::time::Duration;

use polycord_gateway::{
    Compression, DEFAULT_MAX_MESSAGE_BYTES, DisconnectCause, FrameFault, SessionEvent, ShardConfig,
};
use polycord_simulator::Scenario;
use polycord_types::gateway::Event;

use crate::rig::{Rig, TRANSPORTS, minutes, resumable};

const A_MOMENT: Duration = Duration::from_millis(10);
const MEGABYTE: usize = 1_000_000;

#[tokio::test(start_paused = true)]
async fn t45_what_nobody_knows_or_can_read_costs_neither_the_connection_nor_an_event() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        let before = rig.shard.status().seq.unwrap();
        for scenario in [
            Scenario::T45UnknownOpcode,
            Scenario::T45Garbage,
            Scenario::T45UnknownEvent,
        ] {
            rig.play(scenario);
        }
        rig.sim.send_frame(0, "{}");
        rig.say("and on it goes");
        rig.pass(A_MOMENT).await;

        let unknown = rig.seen.last("FROM_TOMORROW").unwrap();
        let Ok(Event::Raw(raw)) = unknown.decode() else {
            panic!("{:?}", unknown.decode());
        };
        assert_eq!(raw.data().get(), r#"{"is":["new"]}"#);
        let status = rig.shard.status();
        assert_eq!(status.seq, Some(before + 2));
        let counters = status.counters;
        assert_eq!((counters.bad_frames, counters.unexpected_frames), (1, 2));
        assert_eq!(rig.sim.connections_opened(), 1);
        rig.assert_nothing_lost().await;
    }
}

#[tokio::test(start_paused = true)]
async fn t45_what_does_not_even_look_like_a_frame_is_counted_and_loses_nothing() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.sim.send_frame(0, "{{{");
        rig.say("behind it");
        rig.pass(minutes(1)).await;
        assert_eq!(rig.shard.status().counters.bad_frames, 1);
        // Out of a compressed stream it may be what damage is read as, and all that follows may be, too.
        let resumes = usize::from(transport != Compression::None);
        rig.assert_starts(1, resumes);
        rig.assert_nothing_lost().await;
    }
}

#[tokio::test(start_paused = true)]
async fn t45_bytes_that_are_no_text_cost_neither_the_connection_nor_an_event() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.play(Scenario::T45BadUtf8);
        rig.say("behind it");
        rig.pass(minutes(1)).await;
        assert_eq!(rig.shard.status().counters.bad_frames, 1);
        assert_eq!(rig.sim.connections_opened(), 1);
        rig.assert_starts(1, 0);
        rig.assert_nothing_lost().await;
    }
}

#[tokio::test(start_paused = true)]
async fn t50_guilds_of_ten_and_of_twenty_megabytes_are_delivered() {
    for &transport in TRANSPORTS {
        for (scenario, megabytes) in [
            (Scenario::T50GuildOf10Mb, 10),
            (Scenario::T50FrameOf20Mb, 20),
        ] {
            let rig = Rig::ready_over(transport).await;
            rig.play(scenario);
            rig.say("behind it");
            rig.wait(|status| status.counters.dispatches >= rig.sim.sent_dispatches().len() as u64)
                .await;
            rig.pass(A_MOMENT).await;
            let guild = rig.seen.last("GUILD_CREATE").unwrap();
            assert!(guild.data().len() >= megabytes * MEGABYTE);
            let Ok(Event::GuildCreate(guild)) = guild.decode() else {
                panic!("the guild was not decoded");
            };
            assert!(guild.members.len() > megabytes * 1000);
            assert_eq!(rig.sim.connections_opened(), 1);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn t50_a_message_over_the_limit_is_a_typed_close_and_a_resume_and_not_a_loop() {
    for (transport, scenario, limit) in [
        (
            Compression::None,
            Scenario::T50MessageOf64Mb,
            DEFAULT_MAX_MESSAGE_BYTES,
        ),
        // Smaller, because an unoptimised build takes long to compress.
        (
            Compression::ZlibStream,
            Scenario::T50GuildOf10Mb,
            8 * MEGABYTE,
        ),
    ] {
        let limited = |config: ShardConfig| config.compression(transport).max_message_bytes(limit);
        let rig = Rig::configured(|_| (), limited).await;
        rig.wait_ready(1).await;
        rig.play(scenario);
        // It comes again in each replay, so that the session cannot be had back.
        rig.wait_ready(2).await;
        rig.pass(minutes(10)).await;
        rig.assert_starts(2, 3);
        let too_large = |event: &SessionEvent| {
            matches!(
                event,
                SessionEvent::Reconnecting {
                    cause: DisconnectCause::BadFrame(FrameFault::TooLarge),
                    ..
                }
            )
        };
        let events = rig.seen.events();
        assert_eq!(events.iter().filter(|event| too_large(event)).count(), 4);
        assert_eq!(rig.shard.status().counters.bad_frames, 4);
    }
}

#[tokio::test(start_paused = true)]
async fn t52_a_message_cut_in_its_middle_leaves_no_stale_bytes_behind() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.play(Scenario::T52CutInMidFrame);
        rig.say("this one is cut in two");
        rig.wait_resumed(1).await;
        rig.say("and this one is whole");
        rig.assert_starts(1, 1);
        rig.assert_nothing_lost().await;
        assert_eq!(rig.shard.status().counters.bad_frames, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn t53_corrupt_compressed_bytes_close_resumably_and_lose_nothing() {
    for &transport in TRANSPORTS {
        if transport != Compression::None {
            corrupt(transport).await;
        }
    }
}

async fn corrupt(transport: Compression) {
    let rig = Rig::ready_over(transport).await;
    rig.say("before the damage");
    rig.play(Scenario::T53CorruptCompressedBytes);
    rig.say("behind the damage");
    rig.wait_resumed(1).await;
    let closes = rig.client_closes();
    assert!(
        closes.len() == 1 && resumable(closes[0].1) && closes[0].1.is_some(),
        "{closes:?}"
    );
    rig.assert_starts(1, 1);
    let counters = rig.shard.status().counters;
    assert_eq!((counters.bad_frames, counters.heartbeats_missed), (1, 0));
    rig.assert_nothing_lost().await;
}
