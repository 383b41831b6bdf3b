//! What the bot shows of itself.

use polycord_gateway::SendErrorKind;
use polycord_types::{gateway::send::UpdatePresence, presence::Status};
use serde_json::Value;

use crate::{
    opcode::PRESENCE,
    rig::{Rig, seconds},
};

/// What guilds are told of the bot at the start of a session.
fn shown_at_the_start(rig: &Rig) -> String {
    let guild = rig.seen.last("GUILD_CREATE").unwrap();
    let guild: Value = serde_json::from_str(guild.data()).unwrap();
    let bot = rig.sim.world().bot.to_string();
    let presences = guild["presences"].as_array().unwrap().iter();
    let mut own = presences.filter(|it| it["user"]["id"] == bot.as_str());
    own.next().unwrap()["status"].as_str().unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn t54_the_last_presence_of_a_storm_is_the_one_that_is_shown() {
    let rig = Rig::ready().await;
    for round in 0..1000 {
        let status = [Status::Idle, Status::Online][round % 2].clone();
        while let Err(error) = rig
            .shard
            .update_presence(UpdatePresence::new(status.clone()))
        {
            assert_eq!(error.kind(), SendErrorKind::Full);
            tokio::task::yield_now().await;
        }
    }
    while rig
        .shard
        .update_presence(UpdatePresence::new(Status::Dnd))
        .is_err()
    {
        tokio::task::yield_now().await;
    }
    rig.pass(seconds(60)).await;
    let told = rig.seen.last("PRESENCE_UPDATE").unwrap();
    assert!(told.data().contains(r#""status":"dnd""#), "{}", told.data());
    let sent = rig.client_frames(PRESENCE);
    assert!(sent.len() <= 10, "{} updates", sent.len());
    assert_eq!(rig.sim.connections_opened(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_new_session_shows_the_presence_again_and_a_resumed_one_needs_not() {
    let rig = Rig::ready().await;
    assert_eq!(shown_at_the_start(&rig), "online");
    rig.shard
        .update_presence(UpdatePresence::new(Status::Idle))
        .unwrap();
    rig.pass(seconds(1)).await;
    rig.sim.cut(0);
    rig.wait_resumed(1).await;
    rig.sim.close(0, 4009);
    rig.wait_ready(2).await;
    rig.pass(seconds(1)).await;
    assert_eq!(shown_at_the_start(&rig), "idle");
    assert_eq!(
        rig.client_frames(PRESENCE).len(),
        1,
        "it went along with IDENTIFY"
    );
}
