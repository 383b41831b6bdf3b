//! Only the models: parse what Discord sends, without a runtime, a socket or TLS.
//!
//! ```console
//! $ cargo run --example types_only
//! ```

use std::error::Error;

use polycord_types::{
    decode,
    gateway::{Event, Frame, OpCode},
    oauth2::OAuth2Scope,
    webhook_event::{WebhookEventData, WebhookPayload},
};

/// What a gateway connection brings, one frame a line; the last event is one that nobody knows yet.
const FRAMES: &str = r#"
{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}
{"t":"MESSAGE_CREATE","s":2,"op":0,"d":{"id":"1142054210432319649","channel_id":"1142054120000000000","guild_id":"1142054000000000000","author":{"id":"80351110224678912","username":"nelly","discriminator":"0","global_name":"Nelly","avatar":null},"content":"!ping","timestamp":"2023-08-18T12:00:00.000000+00:00","edited_timestamp":null,"tts":false,"mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],"embeds":[],"pinned":false,"type":0}}
{"t":"TYPING_START","s":3,"op":0,"d":{"channel_id":1142054120000000000,"user_id":80351110224678912,"timestamp":1692360000}}
{"t":"MOON_LANDED","s":4,"op":0,"d":{"crew":3}}
"#;

/// The body of a request to a webhook events URL.
const WEBHOOK: &str = r#"{"version":1,"application_id":"1142053000000000000","type":1,"event":{
    "type":"APPLICATION_AUTHORIZED","timestamp":"2024-10-18T14:42:53.064834","data":{
        "integration_type":1,"scopes":["applications.commands"],
        "user":{"id":"80351110224678912","username":"nelly","discriminator":"0","global_name":"Nelly","avatar":null}}}}"#;

fn main() -> Result<(), Box<dyn Error>> {
    println!("gateway frames:");
    for line in FRAMES.lines().filter(|line| !line.is_empty()) {
        let frame = Frame::parse(line)?;
        match (frame.event(), frame.op) {
            (Some(event), _) => println!("  {}", describe(&event?)),
            (None, Some(OpCode::Hello)) => println!("  hello: {}", frame.data().unwrap_or("null")),
            (None, op) => println!("  {op:?}"),
        }
    }

    println!("webhook event:");
    let payload: WebhookPayload = decode::from_str(WEBHOOK)?;
    let Some(event) = payload.event else {
        println!("  a ping: answer 204");
        return Ok(());
    };
    match event.data {
        Some(WebhookEventData::ApplicationAuthorized(data)) => {
            let scopes = data.scopes.iter().map(OAuth2Scope::value);
            println!(
                "  {} authorized the application for {} at {}",
                data.user.username,
                scopes.collect::<Vec<_>>().join(", "),
                event.timestamp,
            );
        }
        other => println!("  {}: {other:?}", event.kind),
    }
    Ok(())
}

fn describe(event: &Event) -> String {
    match event {
        Event::MessageCreate(message) => {
            format!(
                "{} writes {:?}",
                message.author.display_name(),
                message.content
            )
        }
        Event::TypingStart(typing) => {
            format!(
                "user {} types in channel {}",
                typing.user_id, typing.channel_id
            )
        }
        Event::Raw(raw) => format!("{}, which has no model yet: {}", raw.name(), raw.data()),
        other => format!("{} in guild {:?}", other.name(), other.guild_id()),
    }
}
