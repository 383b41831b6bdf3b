//! Bodies that are built by hand, as a bot writes them.

use polycord_types::{
    Color, Text, Timestamp,
    component::{ActionRow, Button, Container, TextDisplay},
    gateway::send::UpdatePresence,
    id::EmojiId,
    message::{CreateMessage, EditMessage, Embed, MessageFlags},
    poll::CreatePoll,
    presence::Status,
    role::{CreateRole, ModifyRole},
    thread::{ForumThreadMessage, StartForumThread},
    validate::Validate,
    webhook::{EditWebhookMessage, ExecuteWebhook},
};
use serde::Serialize;
use serde_json::{Value, json};

fn written(body: &impl Serialize) -> Value {
    serde_json::to_value(body).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_emoji_of_a_poll_answer_is_sent_by_its_name_or_by_its_id_alone() {
    let poll = CreatePoll::new("Lunch?")
        .answer_with_emoji("Pizza", "🍕")
        .answer_with_emoji("Ours", EmojiId::new(7));
    let emojis: Vec<_> = written(&poll)["answers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|answer| answer["poll_media"]["emoji"].clone())
        .collect();
    assert_eq!(emojis, [json!({"name": "🍕"}), json!({"id": "7"})]);
}

#[test]
fn whatever_sends_a_message_takes_components_only_in_one_step() {
    let card = || [Container::new().component(TextDisplay::new("hi"))];
    let expected = written(&CreateMessage::components_v2(card()));
    assert_eq!(
        expected["flags"],
        json!(MessageFlags::IS_COMPONENTS_V2.bits())
    );
    assert_eq!(written(&ExecuteWebhook::components_v2(card())), expected);
    let post = StartForumThread::new("post", ForumThreadMessage::components_v2(card()));
    assert_eq!(written(&post)["message"], expected);
    assert!(CreateMessage::components_v2(card()).validate().is_ok());
}

#[test]
fn an_edit_takes_components_one_by_one_and_an_empty_list_removes_them() {
    let row = || ActionRow::new([Button::primary("more", "More")]);
    let rows = json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "More", "custom_id": "more"}]}]);
    let edit = EditMessage::from("new").component(row());
    assert_eq!(
        written(&edit),
        json!({"content": "new", "components": rows})
    );
    let edit = EditWebhookMessage::new().component(row());
    assert_eq!(written(&edit), json!({"components": rows}));
    let edit = EditMessage::new().components([]).embeds([]);
    assert_eq!(written(&edit), json!({"embeds": [], "components": []}));
}

#[test]
fn a_text_or_an_embed_makes_any_message() {
    let embed = || Embed::new().title("t").color(0x58_65F2);
    let text = json!({"content": "hi"});
    let (static_text, shared, owned) = ("hi", Text::from("hi"), String::from("hi"));
    assert_eq!(written(&CreateMessage::from(shared.clone())), text);
    assert_eq!(written(&EditMessage::from(shared.clone())), text);
    assert_eq!(written(&ExecuteWebhook::from(owned)), text);
    assert_eq!(written(&EditWebhookMessage::from(shared)), text);
    let post = StartForumThread::new("post", static_text);
    assert_eq!(written(&post), json!({"name": "post", "message": text}));

    let embeds = json!({"embeds": [{"title": "t", "color": 0x58_65F2}]});
    assert_eq!(written(&EditMessage::from(embed())), embeds);
    assert_eq!(written(&ExecuteWebhook::from(embed())), embeds);
    assert_eq!(written(&EditWebhookMessage::from(embed())), embeds);
    assert_eq!(written(&ForumThreadMessage::from(embed())), embeds);
}

#[test]
fn a_color_is_given_as_a_number_or_as_what_it_is() {
    let number = CreateRole::new("red").color(0xFF_0000);
    assert_eq!(number, CreateRole::new("red").color(Color::new(0xFF_0000)));
    assert_eq!(
        ModifyRole::new().color(5),
        ModifyRole::new().color(Color::new(5))
    );
    let container = Container::new().accent_color(0xFF_0000);
    assert_eq!(container.accent_color, Some(Color::new(0xFF_0000)));
}

#[test]
fn idle_since_is_a_time_and_never_before_the_epoch() {
    let idle = |at| UpdatePresence::new(Status::Idle).idle_since(at);
    assert_eq!(idle(Timestamp::from_millis(1_500)).since, Some(1_500));
    assert_eq!(idle(Timestamp::from_millis(-1)).since, Some(0));
    assert!(idle(Timestamp::from_millis(0)).afk);
}
