//! Reads the payload examples of the official documentation, where a copy of them is at hand.
//!
//! `POLYCORD_SPEC` names the folder that holds `discord-samples/`; without it the test says so and passes.

use std::{env, fs, path::Path};

use polycord_types::{
    application::ActivityInstance,
    application_command::CreateCommand,
    auto_moderation::AutoModerationRule,
    channel::Channel,
    emoji::Emoji,
    gateway::send::{RequestGuildMembers, RequestSoundboardSounds, UpdateVoiceState},
    guild::{Guild, GuildPreview, PartialGuild},
    interaction::{Interaction, InteractionResponse},
    invite::InviteMetadata,
    message::{AllowedMentions, CreateMessage, SharedClientTheme},
    role::Role,
    sticker::Sticker,
    user::User,
    voice::VoiceState,
    webhook::Webhook,
    webhook_event::WebhookPayload,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

#[test]
fn samples() {
    let Some(spec) = env::var_os("POLYCORD_SPEC") else {
        println!("skipped: POLYCORD_SPEC does not name a folder with discord-samples/");
        return;
    };
    let folder = Path::new(&spec).join("discord-samples");
    let index = json(&folder.join("index.json"));
    let examples = index["examples"]
        .as_array()
        .expect("index.json lists the examples");
    let (mut decoded, mut failed) = (0, Vec::new());
    for example in examples {
        let file = example["file"]
            .as_str()
            .expect("each example names its file");
        let kind = example["instance_of"]
            .as_str()
            .expect("each example says what it is");
        let mut value = json(&folder.join(file));
        if example["what"] == "gateway-payload" {
            value = value["d"].take();
        }
        match decode(kind, value) {
            None => failed.push(format!("{file} ({kind}): no model")),
            Some(Ok(())) => decoded += 1,
            Some(Err(error)) => failed.push(format!("{file} ({kind}): {error}")),
        }
    }
    println!("{decoded} of {} samples decoded", examples.len());
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(decoded > 0, "no sample was decoded");
}

/// Decodes a sample as what it is; `None` where there is no model yet.
fn decode(kind: &str, value: Value) -> Option<Result<(), String>> {
    Some(match kind {
        "REQUEST_GUILD_MEMBERS" => round_trip::<RequestGuildMembers>(value),
        "REQUEST_SOUNDBOARD_SOUNDS" => round_trip::<RequestSoundboardSounds>(value),
        "UPDATE_VOICE_STATE" => round_trip::<UpdateVoiceState>(value),
        "interactions/application-commands#Create Global Application Command JSON Params" => {
            round_trip::<CreateCommand>(value)
        }
        "interactions/receiving-and-responding#Interaction Response Structure" => {
            round_trip::<InteractionResponse>(value)
        }
        "resources/message#Create Message JSON/Form Params" => round_trip::<CreateMessage>(value),
        "resources/application#Activity Instance Object" => round_trip::<ActivityInstance>(value),
        "resources/auto-moderation#Auto Moderation Rule Structure" => {
            round_trip::<AutoModerationRule>(value)
        }
        "resources/channel#Channel Structure" => round_trip::<Channel>(value),
        "resources/emoji#Emoji Structure" => round_trip::<Emoji>(value),
        "resources/guild#Guild Structure" if value.get("owner_id").is_none() => {
            round_trip::<PartialGuild>(value)
        }
        "resources/guild#Guild Structure" => round_trip::<Guild>(value),
        "resources/guild#Guild Preview Structure" => round_trip::<GuildPreview>(value),
        "resources/invite#Invite Structure + resources/invite#Invite Metadata Structure" => {
            // The example shows only what the second adds to the first.
            round_trip::<InviteMetadata>(value)
        }
        "resources/message#Allowed Mentions Structure" => round_trip::<AllowedMentions>(value),
        "{shared_client_theme: resources/message#Shared Client Theme Object Structure}" => {
            let mut value = value;
            round_trip::<SharedClientTheme>(value["shared_client_theme"].take())
        }
        "events/webhook-events#Webhook Event Payload Structure" => {
            round_trip::<WebhookPayload>(value)
        }
        "interactions/receiving-and-responding#Interaction Structure" => interaction(value),
        "resources/sticker#Sticker Structure" => round_trip::<Sticker>(value),
        "resources/user#User Structure" => round_trip::<User>(value),
        "resources/voice#Voice State Structure" => round_trip::<VoiceState>(value),
        "resources/webhook#Webhook Structure" => round_trip::<Webhook>(value),
        "topics/permissions#Role Structure" => round_trip::<Role>(value),
        _ => return None,
    })
}

/// The documentation shows interactions without what identifies them: it is added.
fn interaction(mut value: Value) -> Result<(), String> {
    for key in ["id", "application_id"] {
        if value[key].is_null() {
            value[key] = "1".into();
        }
    }
    round_trip::<Interaction>(value)
}

/// Decodes from text and from a tree, writes and decodes again: all must be equal.
fn round_trip<T: DeserializeOwned + Serialize + PartialEq>(value: Value) -> Result<(), String> {
    let text = value.to_string();
    let first = serde_json::from_value::<T>(value).map_err(|error| error.to_string())?;
    let from_text = serde_json::from_str::<T>(&text).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&first).map_err(|error| error.to_string())?;
    let second = serde_json::from_str::<T>(&written).map_err(|error| error.to_string())?;
    if first == second && first == from_text {
        Ok(())
    } else {
        Err("written and read again it is another".to_owned())
    }
}

fn json(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
