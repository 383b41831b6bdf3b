//! Every route is asked with what no client should send: it answers, and nothing breaks.

use polycord_simulator::Simulator;
use serde_json::{Map, Value, json};

use crate::call::{ask, start};
use crate::client::ready;

const ROUTES: &str = include_str!("../../src/rest/documented.txt");

/// What bodies are made of: fields of many forms.
const FIELDS: &str = "access_token access_tokens actions after allow allowed_mentions answer_id answers \
    applied_tags application_id attachments auto_archive_duration available_tags avatar banner before \
    bitrate channel_id channel_ids channel_types channels choices code color colors components contexts \
    content custom_id data default_auto_archive_duration default_forum_layout default_member_permissions \
    default_reaction_emoji default_sort_order delete_message_days delete_message_seconds deny description \
    description_localizations embeds emoji_id emoji_name enabled enforce_nonce entity_metadata entity_type \
    event_type event_webhooks_types event_webhooks_url exempt_channels exempt_roles flags handler hoist icon \
    id image install_params integration_types integration_types_config interactions_endpoint_url \
    invitable key limit lock_permissions locked max_age max_uses mentionable message message_reference \
    messages metadata min_values mode name name_localizations nick nonce nsfw options owner_id owner_type \
    parent_id permission_overwrites permissions platform_name poll position privacy_level prompts question \
    rate_limit_per_user reason recipient_id recurrence_rule required role_ids roles rtc_region \
    scheduled_end_time scheduled_start_time sku_id sound sticker_ids tags target_id target_type temporary \
    thread_name title topic trigger_metadata trigger_type tts type unicode_emoji unique url user_id \
    user_ids user_limit username users value verification_level volume webhook_channel_id \
    welcome_channels";

/// Values that are of the wrong form nearly everywhere.
fn values() -> Vec<Value> {
    let deep = (0..60).fold(json!(1), |inner, _| json!([{ "components": inner }]));
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(1),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("\u{0}\u{202e}🎉%00"),
        json!("x".repeat(101)),
        json!("18446744073709551616"),
        json!([]),
        json!({}),
        json!([null, {}, [], "x", 1, { "id": "1", "type": 1, "components": [] }]),
        json!({ "0": null, "id": {}, "type": [], "answers": [{}], "question": 1, "duration": -1 }),
        deep,
    ]
}

fn bodies() -> Vec<Value> {
    let mut bodies = values();
    // Long enough to be refused, and not to take long.
    bodies.extend([json!("x".repeat(4_001)), json!([{}, { "type": 1 }])]);
    for value in values() {
        let fields = FIELDS.split_whitespace();
        let fields = fields.map(|field| (field.to_owned(), value.clone()));
        bodies.push(Value::Object(fields.collect::<Map<_, _>>()));
    }
    bodies
}

/// A simulator, and things that are there: what stands in a path by which name.
async fn place() -> (Simulator, Vec<(&'static str, String)>) {
    let sim = start().await;
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    let (mut client, _) = ready(&sim, 0).await;
    let message = sim.say(general, ada, "hello");
    let interaction = sim.run_command(general, ada, "ping", []);
    let event = client.dispatch("INTERACTION_CREATE").await;
    let token = event["d"]["token"].as_str().unwrap().to_owned();
    let application = sim.world().application.to_string();
    let named = vec![
        ("application_id", application.clone()),
        ("webhook_id", application),
        ("guild_id", sim.guild("polycord").to_string()),
        ("channel_id", general.to_string()),
        ("user_id", ada.to_string()),
        ("message_id", message.to_string()),
        ("interaction_id", interaction.to_string()),
        ("interaction_token", token.clone()),
        ("webhook_token", token),
    ];
    (sim, named)
}

fn filled(template: &str, named: &[(&'static str, String)]) -> String {
    let words = template.split('/').map(|word| {
        let name = word
            .strip_prefix('{')
            .and_then(|word| word.strip_suffix('}'));
        let Some(name) = name else {
            return word;
        };
        let found = named.iter().find(|(known, _)| *known == name);
        found.map_or("1", |(_, value)| value)
    });
    words.collect::<Vec<_>>().join("/")
}

#[tokio::test(start_paused = true)]
async fn no_body_breaks_a_route() {
    let mut routes: Vec<(&str, &str)> = ROUTES
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(method, _)| *method != "GET")
        .collect();
    // What is deleted cannot be asked any more.
    routes.sort_by_key(|(method, _)| *method == "DELETE");
    for body in bodies() {
        let (sim, named) = place().await;
        let authorization = format!("Bot {}", sim.token());
        for (method, template) in &routes {
            let path = filled(template, &named);
            let response = ask(&sim, method, &path, &authorization, body.clone()).await;
            let status = response.status().as_u16();
            let known = (200..300).contains(&status) || (400..500).contains(&status);
            assert!(known || status == 501, "{method} {template}: {status}");
            if response.status().is_client_error() {
                let told: Value = serde_json::from_slice(response.body()).unwrap();
                assert!(
                    told["code"].is_u64() && told["message"].is_string(),
                    "{told}"
                );
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_path_and_no_query_breaks_a_route() {
    const BAD: [&str; 6] = ["0", "18446744073709551616", "-1", "%00", "%F0%28", "x:y:z"];
    let (sim, _) = place().await;
    let authorization = format!("Bot {}", sim.token());
    for (method, template) in ROUTES.lines().filter_map(|line| line.split_once(' ')) {
        for bad in BAD {
            let words = template.split('/');
            let words = words.map(|word| if word.starts_with('{') { bad } else { word });
            let query = format!("?limit={bad}&before={bad}&after={bad}&around={bad}&query={bad}");
            let path = words.collect::<Vec<_>>().join("/") + &query;
            let response = ask(&sim, method, &path, &authorization, json!({})).await;
            let status = response.status().as_u16();
            assert!(status < 500 || status == 501, "{method} {path}: {status}");
        }
    }
}
