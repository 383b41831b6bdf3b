use polycord_types::{
    interaction::InteractionResponse,
    message::{
        AllowedMentions, BulkDeleteMessages, CreateMessage, EditMessage, Embed, MessageFlags,
    },
    poll::CreatePoll,
    thread::StartForumThread,
    validate::{Validate, ValidationErrorKind},
    webhook::{CreateWebhook, EditWebhookMessage, ExecuteWebhook, ModifyWebhook},
};
use serde_json::{Value, json};

use super::{accepted, edge, faults, letters, list, read, refused, text};

const COMPONENTS_V2: u64 = MessageFlags::IS_COMPONENTS_V2.bits();

fn row() -> Value {
    json!({"type": 1, "components": [{"type": 2, "style": 5, "label": "x", "url": "https://a.b"}]})
}

#[test]
fn a_message_keeps_to_its_limits() {
    edge::<CreateMessage>(
        "content",
        0..=2000,
        |n| json!({"content": text(n), "sticker_ids": ["1"]}),
    );
    edge::<EditMessage>("content", 0..=2000, |n| json!({"content": text(n)}));
    edge::<ExecuteWebhook>(
        "content",
        0..=2000,
        |n| json!({"content": text(n), "embeds": [{}]}),
    );
    edge::<EditWebhookMessage>("content", 0..=2000, |n| json!({"content": text(n)}));
    edge::<InteractionResponse>(
        "data.content",
        0..=2000,
        |n| json!({"type": 4, "data": {"content": text(n), "embeds": [{}]}}),
    );
    edge::<StartForumThread>(
        "message.content",
        0..=2000,
        |n| json!({"name": "n", "message": {"content": text(n), "embeds": [{}]}}),
    );
    edge::<CreateMessage>(
        "nonce",
        0..=25,
        |n| json!({"content": "c", "nonce": text(n)}),
    );
    edge::<CreateMessage>(
        "embeds",
        0..=10,
        |n| json!({"content": "c", "embeds": list(&json!({"title": "t"}), n)}),
    );
    edge::<CreateMessage>(
        "sticker_ids",
        0..=3,
        |n| json!({"content": "c", "sticker_ids": list(&json!("1"), n)}),
    );
    edge::<CreateMessage>(
        "attachments",
        0..=10,
        |n| json!({"content": "c", "attachments": list(&json!({"id": 0}), n)}),
    );
    edge::<CreateMessage>(
        "attachments[0].description",
        0..=1024,
        |n| json!({"attachments": [{"id": 0, "description": text(n)}]}),
    );
    edge::<CreateMessage>(
        "shared_client_theme.colors",
        1..=5,
        |n| json!({"shared_client_theme": {"colors": list(&json!("ffffff"), n)}}),
    );
    edge::<CreateMessage>(
        "shared_client_theme.gradient_angle",
        0..=360,
        |n| json!({"shared_client_theme": {"colors": ["ffffff"], "gradient_angle": n}}),
    );
    edge::<CreateMessage>(
        "shared_client_theme.base_mix",
        0..=100,
        |n| json!({"shared_client_theme": {"colors": ["ffffff"], "base_mix": n}}),
    );
    edge::<BulkDeleteMessages>(
        "messages",
        2..=100,
        |n| json!({"messages": list(&json!("1"), n)}),
    );
}

#[test]
fn a_message_without_anything_is_refused() {
    for empty in [
        json!({}),
        json!({"content": ""}),
        json!({"content": " \n"}),
        json!({"embeds": [], "components": [], "attachments": [], "sticker_ids": []}),
        json!({"message_reference": {"type": 0, "message_id": "1"}}),
    ] {
        let kind = refused::<CreateMessage>("content", empty);
        assert!(matches!(kind, ValidationErrorKind::Missing(_)), "{kind:?}");
    }
    refused::<ExecuteWebhook>("content", json!({}));
    refused::<InteractionResponse>("data.content", json!({"type": 4, "data": {"flags": 64}}));
    for something in [
        json!({"content": "c"}),
        json!({"embeds": [{"title": "t"}]}),
        json!({"sticker_ids": ["1"]}),
        json!({"attachments": [{"id": 0}]}),
        json!({"components": [row()]}),
        json!({"poll": {"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}]}}),
        json!({"message_reference": {"type": 1, "message_id": "1", "channel_id": "2"}}),
        json!({"shared_client_theme": {"colors": ["ffffff"]}}),
    ] {
        accepted::<CreateMessage>(something);
    }
    accepted::<EditMessage>(json!({}));
    accepted::<InteractionResponse>(json!({"type": 7, "data": {}}));
    accepted::<InteractionResponse>(json!({"type": 5, "data": {"flags": 64}}));
}

#[test]
fn with_components_v2_there_is_nothing_but_components() {
    let text = json!({"type": 10, "content": "c"});
    accepted::<CreateMessage>(json!({"flags": COMPONENTS_V2, "components": [text]}));
    let poll = json!({"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}]});
    for (field, value) in [
        ("content", json!("c")),
        ("embeds", json!([{"title": "t"}])),
        ("sticker_ids", json!(["1"])),
        ("poll", poll),
    ] {
        let mut body = json!({"flags": COMPONENTS_V2, "components": [text]});
        body[field] = value;
        let kind = refused::<CreateMessage>(field, body);
        assert!(
            matches!(kind, ValidationErrorKind::NotAllowed(_)),
            "{kind:?}"
        );
    }
    // An edit takes the old fields away so.
    accepted::<EditMessage>(
        json!({"flags": COMPONENTS_V2, "components": [text], "content": null, "embeds": []}),
    );
    refused::<EditMessage>("content", json!({"flags": COMPONENTS_V2, "content": "c"}));
}

#[test]
fn a_voice_message_is_one_recording_and_nothing_else() {
    let voice = MessageFlags::IS_VOICE_MESSAGE.bits();
    let recording = json!({"id": 0, "duration_secs": 1.5, "waveform": "AA=="});
    accepted::<CreateMessage>(json!({"flags": voice, "attachments": [recording]}));
    for (field, value) in [
        ("content", json!("c")),
        ("embeds", json!([{"title": "t"}])),
        ("components", json!([row()])),
        ("sticker_ids", json!(["1"])),
    ] {
        let mut body = json!({"flags": voice, "attachments": [recording]});
        body[field] = value;
        refused::<CreateMessage>(field, body);
    }
    assert_eq!(
        faults::<CreateMessage>(json!({"flags": voice, "attachments": [{"id": 0}]})),
        ["attachments[0].duration_secs", "attachments[0].waveform"]
    );
    edge::<CreateMessage>("attachments", 1..=1, |n| {
        json!({"flags": voice, "attachments": list(&recording, n),
            "shared_client_theme": {"colors": ["ffffff"]}})
    });
}

#[test]
fn a_reply_names_a_message_and_a_forward_its_channel_too() {
    let message = |reference: Value| json!({"content": "c", "message_reference": reference});
    accepted::<CreateMessage>(message(json!({"message_id": "1"})));
    refused::<CreateMessage>(
        "message_reference.message_id",
        message(json!({"channel_id": "1"})),
    );
    let forward = json!({"type": 1, "message_id": "1"});
    refused::<CreateMessage>("message_reference.channel_id", message(forward));
}

#[test]
fn faults_of_a_list_say_which_of_it() {
    let messages: Vec<CreateMessage> = read(json!([{"content": "c"}, {"content": text(2001)}]));
    let errors = messages.validate().unwrap_err();
    assert_eq!(errors.first().path(), "[1].content");
}

#[test]
fn an_embed_keeps_to_its_limits() {
    edge::<Embed>("title", 0..=256, |n| json!({"title": text(n)}));
    edge::<Embed>("description", 0..=4096, |n| json!({"description": text(n)}));
    edge::<Embed>(
        "footer.text",
        1..=2048,
        |n| json!({"footer": {"text": text(n)}}),
    );
    edge::<Embed>(
        "author.name",
        1..=256,
        |n| json!({"author": {"name": text(n)}}),
    );
    edge::<Embed>(
        "fields",
        0..=25,
        |n| json!({"fields": list(&json!({"name": "n", "value": "v"}), n)}),
    );
    edge::<Embed>(
        "fields[1].name",
        1..=256,
        |n| json!({"fields": [{"name": "n", "value": "v"}, {"name": text(n), "value": "v"}]}),
    );
    edge::<Embed>(
        "fields[0].value",
        1..=1024,
        |n| json!({"fields": [{"name": "n", "value": text(n)}]}),
    );
    edge::<CreateMessage>(
        "embeds[1].fields[0].value",
        1..=1024,
        |n| json!({"embeds": [{"title": "t"}, {"fields": [{"name": "n", "value": text(n)}]}]}),
    );
}

#[test]
fn the_texts_of_all_embeds_count_together() {
    // 256 + 256 + 256 + 1024 + 2048 leave 2160 for the description.
    let embed = |n| {
        json!({"title": text(256), "author": {"name": text(256)}, "footer": {"text": text(2048)},
            "fields": [{"name": text(256), "value": text(1024)}], "description": text(n)})
    };
    let error = read::<Embed>(embed(2161)).validate().unwrap_err();
    assert_eq!(error.first().path(), "");
    assert_eq!(
        (error.first().actual(), error.first().limit()),
        (Some(6001), Some(6000))
    );
    accepted::<Embed>(embed(2160));
    let two =
        |n: i64| json!({"embeds": [{"description": text(3000)}, {"description": text(n - 3000)}]});
    accepted::<CreateMessage>(two(6000));
    let errors = read::<CreateMessage>(two(6001)).validate().unwrap_err();
    assert_eq!(
        errors.to_string(),
        "`embeds` has 6001 characters, at most 6000 are allowed"
    );
}

#[test]
fn white_space_at_the_ends_of_an_embeds_texts_does_not_count() {
    accepted::<Embed>(json!({"title": format!("  {}\n", text(256))}));
    assert_eq!(
        faults::<Embed>(json!({"fields": [{"name": " ", "value": "v"}]})),
        ["fields[0].name"]
    );
}

#[test]
fn addresses_in_embeds_are_of_the_web_or_of_uploaded_files() {
    for url in ["http://a.b", "https://a.b", "attachment://a.png"] {
        accepted::<Embed>(json!({"image": {"url": url}, "thumbnail": {"url": url},
            "footer": {"text": "t", "icon_url": url}, "author": {"name": "n", "icon_url": url}}));
    }
    for (path, body) in [
        ("image.url", json!({"image": {"url": "a.png"}})),
        (
            "thumbnail.url",
            json!({"thumbnail": {"url": "file:///a.png"}}),
        ),
        (
            "footer.icon_url",
            json!({"footer": {"text": "t", "icon_url": "a"}}),
        ),
        (
            "author.icon_url",
            json!({"author": {"name": "n", "icon_url": "a"}}),
        ),
        (
            "author.url",
            json!({"author": {"name": "n", "url": "attachment://a.png"}}),
        ),
        ("url", json!({"title": "t", "url": "attachment://a.png"})),
        ("url", json!({"title": "t", "url": "ftp://a.b"})),
    ] {
        let kind = refused::<Embed>(path, body);
        assert!(
            matches!(kind, ValidationErrorKind::Malformed(_)),
            "{kind:?}"
        );
    }
}

#[test]
fn allowed_mentions_do_not_name_whom_they_take_from_the_text() {
    edge::<AllowedMentions>("users", 0..=100, |n| json!({"users": list(&json!("1"), n)}));
    edge::<CreateMessage>(
        "allowed_mentions.roles",
        0..=100,
        |n| json!({"content": "c", "allowed_mentions": {"roles": list(&json!("1"), n)}}),
    );
    refused::<AllowedMentions>("users", json!({"parse": ["users"], "users": ["1"]}));
    refused::<AllowedMentions>(
        "roles",
        json!({"parse": ["everyone", "roles"], "roles": ["1"]}),
    );
    accepted::<AllowedMentions>(json!({"parse": ["users"], "users": [], "roles": ["1"]}));
}

#[test]
fn a_poll_keeps_to_its_limits() {
    let poll = |question: Value, answers: Vec<Value>, hours: i64| json!({"question": question, "answers": answers, "duration": hours});
    let answer = json!({"poll_media": {"text": "a"}});
    let question = json!({"text": "q"});
    edge::<CreatePoll>("question.text", 1..=300, |n| {
        poll(json!({"text": text(n)}), vec![answer.clone()], 1)
    });
    edge::<CreatePoll>("answers", 1..=10, |n| {
        poll(question.clone(), list(&answer, n), 1)
    });
    edge::<CreatePoll>("answers[1].poll_media.text", 1..=55, |n| {
        poll(
            question.clone(),
            vec![answer.clone(), json!({"poll_media": {"text": text(n)}})],
            1,
        )
    });
    edge::<CreatePoll>("duration", 1..=768, |n| {
        poll(question.clone(), vec![answer.clone()], n)
    });
    edge::<CreateMessage>(
        "poll.duration",
        1..=768,
        |n| json!({"poll": poll(question.clone(), vec![answer.clone()], n)}),
    );
    refused::<CreatePoll>("question.text", poll(json!({}), vec![answer.clone()], 1));
    let emoji = json!({"text": "q", "emoji": {"id": null, "name": "🦀"}});
    refused::<CreatePoll>("question.emoji", poll(emoji, vec![answer], 1));
    let bare = json!({"poll_media": {}});
    refused::<CreatePoll>(
        "answers[0].poll_media.text",
        poll(question.clone(), vec![bare], 1),
    );
    let emoji = json!({"poll_media": {"emoji": {"id": null, "name": "🦀"}}});
    accepted::<CreatePoll>(poll(question, vec![emoji], 1));
}

#[test]
fn a_webhook_has_a_name_that_nobody_takes_for_discords() {
    edge::<CreateWebhook>("name", 1..=80, |n| json!({"name": text(n)}));
    edge::<ModifyWebhook>("name", 1..=80, |n| json!({"name": text(n)}));
    edge::<ExecuteWebhook>(
        "username",
        1..=80,
        |n| json!({"content": "c", "username": text(n)}),
    );
    edge::<ExecuteWebhook>(
        "thread_name",
        1..=100,
        |n| json!({"content": "c", "thread_name": letters(n)}),
    );
    edge::<ExecuteWebhook>(
        "applied_tags",
        0..=5,
        |n| json!({"content": "c", "applied_tags": list(&json!("1"), n)}),
    );
    for name in ["Clyde", "my DISCORD bot"] {
        refused::<CreateWebhook>("name", json!({"name": name}));
    }
}
