//! Sessions that go on in another process.

use std::{collections::BTreeSet, time::Duration};

use polycord_gateway::{LossReason, SavedSession, SessionEvent, ShardId};
use polycord_types::gateway::Intents;

use crate::rig::{Rig, minutes, resumable, seconds};

/// A session as it comes back from a file.
fn stored(saved: &SavedSession) -> SavedSession {
    let file = serde_json::to_string(saved).unwrap();
    serde_json::from_str(&file).unwrap()
}

impl Rig {
    /// Why the session that was handed over was not taken up.
    fn lost_because(&self) -> Option<LossReason> {
        self.seen
            .events()
            .into_iter()
            .find_map(|event| match event {
                SessionEvent::SessionLost { reason, .. } => Some(reason),
                _ => None,
            })
    }
}

#[tokio::test(start_paused = true)]
async fn t63_a_session_left_resumably_goes_on_in_a_new_process_without_identify_or_loss() {
    let rig = Rig::ready().await;
    rig.say("before");
    rig.pass(Duration::from_millis(10)).await;
    let saved = rig.shard.close_resumable().await.unwrap();
    let (_, code) = rig.client_closes()[0];
    assert!(resumable(code), "closed with {code:?}");
    rig.say("while nobody was there");
    rig.pass(seconds(30)).await;

    let next = rig.next_process(stored(&saved));
    next.wait_resumed(1).await;
    rig.say("after");
    next.pass(Duration::from_millis(10)).await;
    rig.assert_starts(1, 1);
    // Together they handled everything, each event once.
    let mut handled = rig.seen.handled();
    let second = next.seen.handled();
    let replayed: Vec<_> = second.iter().map(|it| it.replayed).collect();
    assert_eq!(replayed, [true, false, false], "{second:?}");
    handled.extend(second);
    rig.assert_all_in(&handled);
}

#[tokio::test(start_paused = true)]
async fn t63_after_a_crash_what_comes_twice_is_marked_as_replayed() {
    let rig = Rig::ready().await;
    // What was stored last before the process died is behind what it handled.
    let saved = stored(&rig.shard.status().saved_session().unwrap());
    for text in ["one", "two", "three"] {
        rig.say(text);
    }
    rig.pass(Duration::from_millis(10)).await;
    rig.shard.close_resumable().await.unwrap();
    rig.say("while nobody was there");

    let next = rig.next_process(saved);
    next.wait_resumed(1).await;
    next.pass(Duration::from_millis(10)).await;
    let before: BTreeSet<_> = rig.seen.handled().iter().map(|it| it.seq).collect();
    let after = next.seen.handled();
    let twice = after.iter().filter(|it| before.contains(&it.seq));
    assert!(twice.clone().count() >= 3, "{after:?}");
    assert!(twice.clone().all(|it| it.replayed), "{after:?}");
    rig.assert_starts(1, 1);
}

#[tokio::test(start_paused = true)]
async fn t63_a_stored_session_that_the_server_has_forgotten_is_replaced_with_its_reason() {
    let rig = Rig::ready().await;
    let saved = rig.shard.close_resumable().await.unwrap();
    rig.pass(minutes(120)).await;
    let next = rig.next_process(stored(&saved));
    next.wait_ready(1).await;
    next.pass(minutes(2)).await;
    rig.assert_starts(2, 1);
    assert_eq!(next.lost_because(), Some(LossReason::Invalid));
}

#[tokio::test(start_paused = true)]
async fn t63_a_foreign_session_is_ignored_and_what_is_foreign_is_told() {
    let rig = Rig::ready().await;
    let saved = rig.shard.close_resumable().await.unwrap();
    let config = |intents| Rig::config_for(&rig.sim, intents);
    let shard = ShardId::new(1, 2);
    let mut elsewhere = stored(&saved);
    elsewhere.shard = shard;
    for (config, reason) in [
        (
            config(Intents::all()).session(elsewhere),
            LossReason::OtherShard { shard },
        ),
        (
            config(Intents::GUILDS).session(stored(&saved)),
            LossReason::OtherIntents,
        ),
    ] {
        rig.pass(minutes(1)).await;
        let next = Rig::on(&rig.sim, |_| config);
        next.wait_ready(1).await;
        assert_eq!(next.lost_because(), Some(reason));
    }
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (3, 0));
}
