//! What the simulator says, read by the models of polycord-types.

use std::collections::BTreeSet;

use polycord_simulator::{CommandOption, Simulator};
use polycord_types::gateway::{Event, EventKind};
use serde_json::json;

use crate::client::{ALL, ready};

/// Makes happen in a guild what actors can do.
pub(crate) fn bustle(sim: &Simulator, guild: &str) {
    let (general, ada, grace) = (sim.channel("general"), sim.user("ada"), sim.user("grace"));
    let (guild, lounge) = (sim.guild(guild), sim.channel("lounge"));
    let message = sim.say(general, ada, &format!("hello <@{grace}>"));
    sim.edit(general, message, "hello, hello");
    sim.react(general, message, grace, "🎉");
    sim.unreact(general, message, grace, "🎉");
    sim.typing(general, grace);
    sim.delete_message(general, message);
    sim.say_privately(ada, "psst");
    let new = sim.join(guild, "newcomer");
    sim.presence(ada, "idle");
    sim.voice(guild, ada, Some(lounge));
    sim.voice(guild, ada, None);
    sim.leave(guild, new);
    let options = [
        CommandOption::integer("times", 3),
        CommandOption::user("who", grace),
    ];
    sim.run_command(general, ada, "wave", options);
    sim.outage(guild, true);
    sim.outage(guild, false);
}

#[tokio::test(start_paused = true)]
async fn every_event_it_sends_is_decoded_by_its_model() {
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let (mut client, ready) = ready(&sim, ALL).await;
    let data = ready["d"].to_string();
    assert!(matches!(
        Event::decode("READY", &data).unwrap(),
        Event::Ready(_)
    ));
    bustle(&sim, "polycord");
    client
        .send(json!({ "op": 3, "d": {
            "since": null, "activities": [{ "name": "with fire", "type": 0 }],
            "status": "online", "afk": false,
        }}))
        .await;
    let guild = sim.guild("polycord").get().to_string();
    client
        .send(json!({ "op": 8, "d": { "guild_id": guild, "query": "", "limit": 0 } }))
        .await;
    let mut seen = BTreeSet::new();
    loop {
        let frame = client.next().await.unwrap();
        let (name, data) = (frame["t"].as_str().unwrap(), frame["d"].to_string());
        let event = Event::decode(name, &data).unwrap();
        assert_eq!(event.kind(), EventKind::from_name(name));
        assert!(!matches!(event, Event::Raw(_)), "{name} has no model");
        // A model that dropped or changed a field would not give back what it read.
        let again = serde_json::to_string(&event).unwrap();
        assert_eq!(Event::decode(name, &again).unwrap(), event, "{name}");
        seen.insert(name.to_owned());
        if name == "GUILD_MEMBERS_CHUNK" {
            break;
        }
    }
    assert_eq!(seen.len(), 15, "{seen:?}");
}
