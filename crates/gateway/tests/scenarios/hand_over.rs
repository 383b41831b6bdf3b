//! Sessions that go on in another process.

use std::time::Duration;

use polycord_gateway::{Shard, ShardId};

use crate::{recorder::Recorder, rig::Rig};

#[tokio::test(start_paused = true)]
async fn a_session_left_resumably_goes_on_in_a_new_shard_without_identify() {
    let rig = Rig::ready().await;
    let saved = rig.shard.close_resumable().await.unwrap();
    rig.say("while nobody was there");
    let next = Shard::start(Rig::config(&rig.sim, ShardId::ONE).session(saved)).unwrap();
    let handle = next.handle();
    let seen = Recorder::of(next);
    rig.in_time(handle.wait_for(|status| status.counters.resumed == 1))
        .await;
    assert_eq!((rig.sim.identifies(), rig.sim.resumes()), (1, 1));
    rig.pass(Duration::from_millis(1)).await;
    assert!(
        seen.handled()
            .iter()
            .any(|it| it.name == "MESSAGE_CREATE" && it.replayed)
    );
}
