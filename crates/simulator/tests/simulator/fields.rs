//! Every documented field of what the simulator sends is there.
//!
//! The facts stand in `facts/fields.txt`, which `facts/fields.py` makes of the documentation as data; with
//! the folder of that data in `POLYCORD_FACTS` it is checked that they are of one make.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use polycord_simulator::{Simulator, World};
use serde_json::{Value, json};

use crate::call::AGENT;
use crate::client::{ALL, Client, ready};
use crate::models::bustle;

/// One documented field.
#[derive(Debug, PartialEq)]
struct Field {
    name: String,
    required: bool,
    nullable: bool,
    /// The structure of its value, or of each of its items.
    inner: Option<String>,
}

#[derive(Debug, Default, PartialEq)]
struct Facts {
    /// Structures of an event's payload, and the fields that it has not.
    events: BTreeMap<String, (Vec<String>, BTreeSet<String>)>,
    structures: BTreeMap<String, Vec<Field>>,
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    let mut last = String::new();
    for line in include_str!("facts/fields.txt").lines() {
        let mut words = line.split('\t').map(str::to_owned);
        let first = words.next().unwrap();
        if let Some(event) = first.strip_prefix('@') {
            let (omitted, bases): (Vec<String>, Vec<String>) =
                words.partition(|word| word.starts_with('-'));
            let omitted = omitted.iter().map(|word| word[1..].to_owned()).collect();
            facts.events.insert(event.to_owned(), (bases, omitted));
        } else if !first.is_empty() {
            last = first;
            facts.structures.insert(last.clone(), Vec::new());
        } else {
            let (mark, name) = (words.next().unwrap(), words.next().unwrap());
            let field = Field {
                name,
                required: mark.starts_with('!'),
                nullable: mark.ends_with('-'),
                inner: words.next(),
            };
            facts.structures.get_mut(&last).unwrap().push(field);
        }
    }
    facts
}

/// What is not as documented, each once, with where it was met first.
#[derive(Default)]
struct Findings(BTreeMap<String, String>);

impl Facts {
    fn check_event(&self, name: &str, data: &Value, findings: &mut Findings) {
        let Some((bases, omitted)) = self.events.get(name) else {
            return;
        };
        // An unavailable guild is one of two shapes.
        if name == "GUILD_CREATE" && data["unavailable"] == true {
            return;
        }
        for base in bases {
            self.check(base, data, name, omitted, findings);
        }
    }

    fn check(
        &self,
        structure: &str,
        value: &Value,
        path: &str,
        omitted: &BTreeSet<String>,
        findings: &mut Findings,
    ) {
        if let Some(items) = value.as_array() {
            for item in items {
                self.check(structure, item, path, omitted, findings);
            }
            return;
        }
        let Some(fields) = self.structures.get(structure) else {
            return;
        };
        let mut found = |what: &str, field: &str| {
            let key = format!("{structure}: {field} {what}");
            let place = findings.0.entry(key);
            place.or_insert_with(|| path.to_owned());
        };
        let mut inner = Vec::new();
        for field in fields.iter().filter(|field| !omitted.contains(&field.name)) {
            match value.get(&field.name) {
                None if field.required && !PARTIAL.contains(&(structure, &field.name)) => {
                    found("is missing", &field.name);
                }
                Some(Value::Null) if !field.nullable => found("is null", &field.name),
                Some(value) if !value.is_null() => inner.extend(
                    field
                        .inner
                        .as_ref()
                        .map(|structure| (structure, value, format!("{path}.{}", field.name))),
                ),
                _ => {}
            }
        }
        for (structure, value, path) in inner {
            self.check(structure, value, &path, &BTreeSet::new(), findings);
        }
    }
}

/// Fields that Discord's tables call required and its pages or its servers leave out, each with its reason.
const PARTIAL: [(&str, &str); 0] = [];

async fn start() -> Simulator {
    let world = World::new()
        .guild("tea house", |guild| {
            guild
                .channel("general")
                .voice_channel("lounge")
                .role("host")
                .member("ada")
                .member("grace")
        })
        .guild("library", |guild| guild.channel("desk").member("ada"));
    let builder = Simulator::builder().in_memory().world(world);
    builder.start().await.unwrap()
}

/// Everything that comes until the requests at the end are answered.
async fn frames(sim: &Simulator, client: &mut Client) -> Vec<(String, Value)> {
    let guild = sim.guild("tea house").to_string();
    let lounge = sim.channel("lounge").to_string();
    for (op, d) in [
        (
            3,
            json!({ "since": null, "activities": [{ "name": "chess", "type": 0 }], "status": "dnd", "afk": false }),
        ),
        (
            4,
            json!({ "guild_id": guild, "channel_id": lounge, "self_mute": false, "self_deaf": false }),
        ),
        (
            8,
            json!({ "guild_id": guild, "query": "", "limit": 0, "presences": true }),
        ),
        (8, json!({ "guild_id": guild, "query": "", "limit": 0 })),
        (31, json!({ "guild_ids": [guild] })),
        (
            43,
            json!({ "guild_id": guild, "fields": ["status", "voice_start_time"] }),
        ),
    ] {
        client.send(json!({ "op": op, "d": d })).await;
    }
    let mut frames = Vec::new();
    loop {
        let frame = client.next().await.unwrap();
        let name = frame["t"].as_str().unwrap().to_owned();
        let last = name == "CHANNEL_INFO";
        frames.push((name, frame["d"].clone()));
        if last {
            return frames;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_documented_field_is_in_what_the_gateway_sends() {
    let (facts, sim) = (facts(), start().await);
    let (mut client, hello) = ready(&sim, ALL).await;
    let mut findings = Findings::default();
    facts.check_event("READY", &hello["d"], &mut findings);
    bustle(&sim, "tea house");
    let mut seen = BTreeSet::new();
    for (name, data) in frames(&sim, &mut client).await {
        facts.check_event(&name, &data, &mut findings);
        seen.insert(name);
    }
    assert!(seen.len() >= 17, "{seen:?}");
    assert!(findings.0.is_empty(), "{:#?}", findings.0);
}

/// What REST answers where, and what that is.
const ROUTES: [(&str, &str); 8] = [
    ("/users/@me", "resources/user#User Structure"),
    (
        "/applications/@me",
        "resources/application#Application Structure",
    ),
    ("/guilds/{guild}", "resources/guild#Guild Structure"),
    (
        "/guilds/{guild}/channels",
        "resources/channel#Channel Structure",
    ),
    ("/guilds/{guild}/roles", "topics/permissions#Role Structure"),
    (
        "/guilds/{guild}/members?limit=10",
        "resources/guild#Guild Member Structure",
    ),
    ("/channels/{channel}", "resources/channel#Channel Structure"),
    (
        "/channels/{channel}/messages",
        "resources/message#Message Structure",
    ),
];

#[tokio::test(start_paused = true)]
async fn every_documented_field_is_in_what_rest_answers() {
    let (facts, sim) = (facts(), start().await);
    let (guild, general) = (sim.guild("tea house"), sim.channel("general"));
    sim.say(general, sim.user("ada"), "hello");
    let mut findings = Findings::default();
    for (route, structure) in ROUTES {
        let path = route
            .replace("{guild}", &guild.to_string())
            .replace("{channel}", &general.to_string());
        let request = http::Request::builder()
            .uri(format!("/api/v10{path}"))
            .header("authorization", format!("Bot {}", sim.token()))
            .header("user-agent", AGENT)
            .body(Bytes::new());
        let response = sim.handle(request.unwrap()).await;
        assert_eq!(response.status(), 200, "{route}");
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert!(
            body.as_array().is_none_or(|items| !items.is_empty()),
            "{route}"
        );
        facts.check(structure, &body, route, &BTreeSet::new(), &mut findings);
    }
    assert!(findings.0.is_empty(), "{:#?}", findings.0);
}

#[test]
fn a_field_that_is_missing_or_null_is_found() {
    let facts = facts();
    let mut findings = Findings::default();
    let data = json!({ "v": null, "user": { "id": "1" }, "guilds": [{}] });
    facts.check_event("READY", &data, &mut findings);
    let found: Vec<&str> = findings.0.keys().map(String::as_str).collect();
    for expected in [
        "events/gateway-events#Ready Event Fields: session_id is missing",
        "events/gateway-events#Ready Event Fields: v is null",
        "resources/guild#Unavailable Guild Object: id is missing",
        "resources/user#User Structure: username is missing",
    ] {
        assert!(found.contains(&expected), "{expected} is not in {found:#?}");
    }
}

#[test]
fn the_facts_are_those_of_the_documentation() {
    let Some(folder) = std::env::var_os("POLYCORD_FACTS") else {
        return;
    };
    let path = std::path::Path::new(&folder).join("discord-structures.json");
    let whole: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for (structure, fields) in facts().structures {
        let documented = whole[&structure]["fields"].as_array().unwrap();
        let is_required = |field: &&Value| field["optional"] == false;
        let required = documented.iter().filter(is_required);
        let required: Vec<&str> = required
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        let ours = fields.iter().filter(|field| field.required);
        let ours: Vec<&str> = ours.map(|field| field.name.as_str()).collect();
        assert_eq!(ours, required, "{structure}: run facts/fields.py again");
    }
}
