use polycord_types::{
    activity::Activity,
    gateway::send::{Identify, RequestGuildMembers, UpdatePresence},
};
use serde_json::{Value, json};

use super::{accepted, edge, letters, list, merge, refused, text};

fn presence(activity: &Value) -> Value {
    json!({"since": null, "activities": [activity], "status": "online", "afk": false})
}

#[test]
fn an_activity_keeps_to_its_limits() {
    edge::<Activity>("name", 1..=128, |n| json!({"name": text(n), "type": 0}));
    edge::<Activity>(
        "state",
        0..=128,
        |n| json!({"name": "n", "type": 4, "state": text(n)}),
    );
    edge::<Activity>(
        "details",
        0..=128,
        |n| json!({"name": "n", "type": 0, "details": text(n)}),
    );
    let button = json!({"label": "l", "url": "https://a.b"});
    edge::<Activity>(
        "buttons",
        0..=2,
        |n| json!({"name": "n", "type": 0, "buttons": list(&button, n)}),
    );
    edge::<Activity>(
        "buttons[1].label",
        1..=32,
        |n| json!({"name": "n", "type": 0, "buttons": [button, {"label": text(n), "url": "u"}]}),
    );
    edge::<Activity>(
        "buttons[0].url",
        1..=512,
        |n| json!({"name": "n", "type": 0, "buttons": [{"label": "l", "url": text(n)}]}),
    );
    edge::<UpdatePresence>("activities[0].state", 0..=128, |n| {
        presence(&json!({"name": "n", "type": 4, "state": text(n)}))
    });
    refused::<Activity>("state", json!({"name": "n", "type": 4}));
    refused::<Activity>("url", json!({"name": "n", "type": 1}));
}

#[test]
fn an_identify_keeps_to_its_limits() {
    let identify = |fields: Value| {
        merge(
            json!({"token": "t", "properties": {"os": "", "browser": "", "device": ""}, "intents": 1}),
            fields,
        )
    };
    edge::<Identify>("large_threshold", 50..=250, |n| {
        identify(json!({"large_threshold": n}))
    });
    edge::<Identify>("presence.activities[0].name", 1..=128, |n| {
        identify(json!({"presence": presence(&json!({"name": text(n), "type": 0}))}))
    });
    accepted::<Identify>(identify(json!({"shard": [1, 2]})));
    refused::<Identify>("shard", identify(json!({"shard": [2, 2]})));
    refused::<Identify>("token", identify(json!({"token": ""})));
}

#[test]
fn a_request_for_members_names_them_in_one_way() {
    let request = |fields: Value| merge(json!({"guild_id": "1"}), fields);
    edge::<RequestGuildMembers>("user_ids", 1..=100, |n| {
        request(json!({"user_ids": list(&json!("1"), n)}))
    });
    edge::<RequestGuildMembers>("limit", 0..=100, |n| {
        request(json!({"query": "", "limit": n}))
    });
    edge::<RequestGuildMembers>("limit", 1..=100, |n| {
        request(json!({"query": "a", "limit": n}))
    });
    edge::<RequestGuildMembers>("nonce", 0..=32, |n| {
        request(json!({"query": "", "limit": 0, "nonce": letters(n)}))
    });
    // Its limit is in bytes.
    refused::<RequestGuildMembers>(
        "nonce",
        request(json!({"query": "", "limit": 0, "nonce": text(9)})),
    );
    accepted::<RequestGuildMembers>(request(json!({"query": "", "limit": 0, "nonce": text(8)})));
    refused::<RequestGuildMembers>("query", request(json!({})));
    refused::<RequestGuildMembers>("limit", request(json!({"query": "a"})));
    refused::<RequestGuildMembers>(
        "user_ids",
        request(json!({"query": "a", "limit": 1, "user_ids": ["1"]})),
    );
}
