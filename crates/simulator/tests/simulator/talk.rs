//! What people write, as Discord lets them; and what a test is told of what it does not let them.

use polycord_simulator::{Simulator, World};
use polycord_types::id::{ChannelId, UserId};
use serde_json::{Value, json};

use crate::bot::{ask, known};
use crate::client::{ALL, ready};

const SEND_MESSAGES: u64 = 1 << 11;

async fn start() -> Simulator {
    let world = World::new().guild("tea house", |g| {
        g.channel("general")
            .channel("rules")
            .overwrite("rules", "@everyone", 0, SEND_MESSAGES)
            .member("ada")
            .member("grace")
    });
    let world = world.guild("library", |g| g.channel("quiet").member("ada"));
    let builder = Simulator::builder().in_memory().world(world);
    builder.start().await.unwrap()
}

fn ada_in(sim: &Simulator, channel: &str) -> (ChannelId, UserId) {
    (sim.channel(channel), sim.user("ada"))
}

#[tokio::test(start_paused = true)]
async fn who_answers_mentions_whom_they_answer() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (general, ada) = ada_in(&sim, "general");
    let question = sim.say(general, ada, "tea?");
    client.dispatch("MESSAGE_CREATE").await;
    sim.reply(general, question, sim.user("grace"), "please");
    let answer = client.dispatch("MESSAGE_CREATE").await;
    let answer = known(&answer);
    assert_eq!(answer["type"], 19);
    assert_eq!(answer["referenced_message"]["content"], "tea?");
    assert_eq!(answer["mentions"][0]["username"], "ada");
    assert_eq!(
        answer["message_reference"]["message_id"],
        question.to_string()
    );
}

#[tokio::test(start_paused = true)]
async fn files_are_attachments_with_their_names_and_sizes() {
    let sim = start().await;
    let (mut client, _) = ready(&sim, ALL).await;
    let (general, ada) = ada_in(&sim, "general");
    let files: [(&str, &[u8]); 2] = [("cat.png", b"\x89PNG"), ("a \"b\".txt", b"one\r\n--two")];
    sim.upload(general, ada, "", &files);
    let told = client.dispatch("MESSAGE_CREATE").await;
    let attachments = &known(&told)["attachments"];
    let of = |field: &str| [&attachments[0][field], &attachments[1][field]].map(Clone::clone);
    assert_eq!(of("filename")[0], "cat.png");
    assert_eq!(of("size"), [json!(4), json!(10)]);
    assert_eq!(attachments.as_array().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn nobody_writes_where_they_may_not() {
    let sim = start().await;
    let (rules, ada) = ada_in(&sim, "rules");
    assert_eq!(sim.try_say(rules, ada, "hello").unwrap_err().code(), 50_013);
    sim.try_say(rules, sim.user("owner"), "be kind").unwrap();
    let quiet = sim.channel("quiet");
    let stranger = sim.try_say(quiet, sim.user("grace"), "hello");
    assert_eq!(stranger.unwrap_err().code(), 50_001);
    let general = sim.channel("general");
    assert_eq!(sim.try_say(general, ada, " ").unwrap_err().code(), 50_006);
    let long = sim.try_say(general, ada, &"a".repeat(2_001)).unwrap_err();
    assert_eq!((long.status, long.code()), (400, 50_035));
    // A bot that times somebody out can see that it worked, and that it ends.
    sim.time_out(sim.guild("tea house"), ada, 60).unwrap();
    assert_eq!(sim.try_say(general, ada, "?").unwrap_err().code(), 50_013);
    tokio::time::sleep(std::time::Duration::from_secs(61)).await;
    sim.say(general, ada, "sorry");
    sim.leave(sim.guild("tea house"), ada);
    assert_eq!(sim.try_say(general, ada, "?").unwrap_err().code(), 50_001);
}

#[tokio::test(start_paused = true)]
async fn a_message_is_judged_when_it_is_edited_too() {
    let sim = start().await;
    let (general, ada) = ada_in(&sim, "general");
    let rule = json!({
        "name": "no coffee", "event_type": 1, "trigger_type": 1, "enabled": true,
        "trigger_metadata": { "keyword_filter": ["coffee"] }, "actions": [{ "type": 1 }],
    });
    let path = format!("/guilds/{}/auto-moderation/rules", sim.guild("tea house"));
    ask(&sim, "POST", &path, rule).await;
    let message = sim.say(general, ada, "tea");
    let path = format!("/channels/{general}/messages/{message}");
    let coffee = json!({ "content": "coffee" });
    let refused = sim.request_as(ada, "PATCH", &path, &coffee).unwrap_err();
    assert_eq!((refused.status, refused.code()), (400, 200_000));
    let kept = ask(&sim, "GET", &path, Value::Null).await;
    assert_eq!(kept["content"], "tea");
    // The bot is not judged.
    let messages = format!("/channels/{general}/messages");
    ask(&sim, "POST", &messages, coffee).await;
}

#[tokio::test(start_paused = true)]
async fn a_reaction_is_given_once() {
    let sim = start().await;
    let (general, ada) = ada_in(&sim, "general");
    let message = sim.say(general, ada, "tea");
    assert!(sim.react(general, message, ada, "🎉"));
    assert!(!sim.react(general, message, ada, "🎉"));
    assert!(sim.unreact(general, message, ada, "🎉"));
    assert!(!sim.unreact(general, message, ada, "🎉"));
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "cannot write in #rules")]
async fn a_test_is_told_who_cannot_write_where() {
    let sim = start().await;
    let (rules, ada) = ada_in(&sim, "rules");
    sim.say(rules, ada, "hello");
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "there is no message")]
async fn what_was_deleted_cannot_be_edited() {
    let sim = start().await;
    let (general, ada) = ada_in(&sim, "general");
    let message = sim.say(general, ada, "hello");
    sim.delete_message(general, message);
    sim.edit(general, message, "hello?");
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "cannot type in #rules")]
async fn nobody_types_where_they_may_not_write() {
    let sim = start().await;
    let (rules, ada) = ada_in(&sim, "rules");
    sim.typing(rules, ada);
}
