use std::{fmt::Write as _, time::Duration};

use polycord_frame::member;
use polycord_types::gateway::Intents;
use serde_json::json;

use crate::{
    ShardId, Token,
    protocol::{CloseMeaning, DispatchRole, Opcode, Protocol, ReadySession, Rules},
    session::{LossReason, StopReason},
};

/// Discord's gateway, version 10, in JSON.
///
/// See the [gateway](https://docs.discord.com/developers/events/gateway) and its
/// [opcodes and close codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway).
#[derive(Clone, Debug)]
#[must_use]
pub struct Discord {
    token: Token,
    intents: Intents,
    shard: ShardId,
    url: String,
    compress: Option<&'static str>,
    large_threshold: Option<u8>,
    rules: Rules,
}

impl Discord {
    /// The version of the gateway.
    pub const VERSION: u32 = 10;

    /// A session for the bot with this token and these intents.
    pub fn new(token: impl Into<Token>, intents: Intents) -> Self {
        Self {
            token: token.into(),
            intents,
            shard: ShardId::ONE,
            url: "wss://gateway.discord.gg".into(),
            compress: None,
            large_threshold: None,
            rules: Rules::discord(),
        }
    }

    /// The shard to identify as. Default: the only one.
    pub const fn shard(mut self, shard: ShardId) -> Self {
        self.shard = shard;
        self
    }

    /// The main address, without the query. Default `wss://gateway.discord.gg`.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// The transport compression, as the query names it (`zlib-stream`). Default: none.
    pub const fn compress(mut self, method: Option<&'static str>) -> Self {
        self.compress = method;
        self
    }

    /// From how many members on a guild comes without those who are offline, 50 to 250. Default: the
    /// server's 50. Higher costs memory and time at the start.
    pub const fn large_threshold(mut self, members: u8) -> Self {
        self.large_threshold = Some(members);
        self
    }

    fn query(&self) -> String {
        let mut query = format!("v={}&encoding=json", Self::VERSION);
        if let Some(method) = self.compress {
            let _ = write!(query, "&compress={method}");
        }
        query
    }
}

impl Protocol for Discord {
    type Intents = Intents;

    fn rules(&self) -> &Rules {
        &self.rules
    }

    fn dialect(&self) -> &'static str {
        "discord v10"
    }

    fn intents(&self) -> &Intents {
        &self.intents
    }

    fn connect_url(&self, resume_url: Option<&str>) -> String {
        // RESUME carries the token: from an encrypted address it is not led to one that is not.
        let url = resume_url
            .filter(|url| is_encrypted(url) || !is_encrypted(&self.url))
            .unwrap_or(&self.url);
        // Whatever query an address came with, it is this connection's that counts: both ends have to
        // agree on the version and the compression.
        let base = url.split(['?', '#']).next().unwrap_or(url);
        let base = base.trim_end_matches('/');
        format!("{base}/?{}", self.query())
    }

    fn opcode(&self, op: u64) -> Opcode {
        match op {
            0 => Opcode::Dispatch,
            1 => Opcode::Heartbeat,
            7 => Opcode::Reconnect,
            9 => Opcode::InvalidSession,
            10 => Opcode::Hello,
            11 => Opcode::HeartbeatAck,
            _ => Opcode::Unknown,
        }
    }

    fn dispatch(&self, name: &str) -> DispatchRole {
        match name {
            "READY" => DispatchRole::Ready,
            "RESUMED" => DispatchRole::Resumed,
            _ => DispatchRole::Other,
        }
    }

    fn heartbeat_interval(&self, data: &str) -> Option<Duration> {
        // A whole number, so far.
        let millis: f64 = member(data, "heartbeat_interval")?.parse().ok()?;
        Duration::try_from_secs_f64(millis / 1000.0).ok()
    }

    fn is_resumable(&self, data: &str) -> bool {
        data == "true"
    }

    fn ready(&self, data: &str) -> Option<ReadySession> {
        let text = |name| serde_json::from_str::<String>(member(data, name)?).ok();
        Some(ReadySession {
            id: text("session_id").filter(|id| !id.is_empty())?,
            resume_url: text("resume_gateway_url").filter(|url| !url.is_empty()),
            user_id: member(data, "user").and_then(|user| {
                let id = serde_json::from_str::<&str>(member(user, "id")?).ok()?;
                id.parse().ok().filter(|id| *id != 0)
            }),
        })
    }

    fn heartbeat(&self, seq: Option<u64>) -> String {
        seq.map_or_else(|| "null".into(), |seq| seq.to_string())
    }

    fn identify(&self, presence: Option<&str>) -> String {
        let mut data = json!({
            "token": self.token.expose(),
            "intents": self.intents.bits(),
            "shard": [self.shard.number, self.shard.total],
            "properties": {
                "os": std::env::consts::OS,
                "browser": "polycord",
                "device": "polycord",
            },
        });
        if let Some(members) = self.large_threshold {
            data["large_threshold"] = members.into();
        }
        if let Some(presence) = presence.and_then(|json| serde_json::from_str(json).ok()) {
            data["presence"] = presence;
        }
        data.to_string()
    }

    fn resume(&self, session_id: &str, seq: u64) -> String {
        json!({"token": self.token.expose(), "session_id": session_id, "seq": seq}).to_string()
    }

    fn closed(&self, code: Option<u16>) -> CloseMeaning {
        match code {
            Some(1001) => CloseMeaning::Requested,
            Some(4004) => CloseMeaning::Fatal(StopReason::AuthenticationFailed),
            Some(code @ (4007 | 4009)) => CloseMeaning::SessionLost(LossReason::Closed(code)),
            Some(4010) => CloseMeaning::Fatal(StopReason::InvalidShard { shard: self.shard }),
            Some(4011) => CloseMeaning::Fatal(StopReason::ShardingRequired),
            Some(4012) => CloseMeaning::Fatal(StopReason::InvalidVersion {
                version: Self::VERSION,
            }),
            Some(4013) => CloseMeaning::Fatal(StopReason::InvalidIntents {
                intents: self.intents.to_string(),
            }),
            Some(4014) => CloseMeaning::Fatal(StopReason::DisallowedIntents {
                intents: privileged(self.intents),
            }),
            _ => CloseMeaning::Resume,
        }
    }
}

fn is_encrypted(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("wss"))
}

/// The privileged ones among `intents`; all of them, should none be known to be.
fn privileged(intents: Intents) -> String {
    let privileged = intents & Intents::privileged();
    if privileged.is_empty() {
        return intents.to_string();
    }
    privileged.to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn discord() -> Discord {
        Discord::new("token", Intents::GUILDS | Intents::MESSAGE_CONTENT).shard(ShardId::new(1, 4))
    }

    #[test]
    fn every_address_gets_the_query_of_this_connection_and_no_other() {
        let discord = discord().url("ws://127.0.0.1:8080/gateway/");
        let query = "?v=10&encoding=json";
        assert_eq!(
            discord.connect_url(None),
            format!("ws://127.0.0.1:8080/gateway/{query}")
        );
        let resume = "wss://us-east1-b.discord.gg/?v=9&encoding=etf";
        let expected = format!("wss://us-east1-b.discord.gg/{query}");
        assert_eq!(discord.connect_url(Some(resume)), expected);
        let compressed = discord.compress(Some("zlib-stream")).connect_url(None);
        assert!(
            compressed.ends_with("&compress=zlib-stream"),
            "{compressed}"
        );
    }

    #[test]
    fn identify_says_who_where_and_what_for() {
        let discord = discord().large_threshold(250);
        let payload = discord.identify(Some(r#"{"status":"dnd"}"#));
        let frame = discord.frame(discord.rules().opcodes.identify, &payload);
        let frame: Value = serde_json::from_str(&frame).unwrap();
        assert_eq!(frame["op"], 2);
        let data = &frame["d"];
        assert_eq!(
            (&data["token"], &data["intents"]),
            (&json!("token"), &json!(32_769))
        );
        assert_eq!(data["shard"], json!([1, 4]));
        assert_eq!(
            (&data["large_threshold"], &data["presence"]["status"]),
            (&json!(250), &json!("dnd"))
        );
        for property in ["os", "browser", "device"] {
            assert!(data["properties"][property].is_string(), "{property}");
        }
    }

    #[test]
    fn debug_shows_no_token() {
        let discord = Discord::new("s3cret", Intents::GUILDS);
        let shown = format!("{discord:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }

    #[test]
    fn heartbeat_intervals_are_read_as_any_number_of_milliseconds() {
        let read = |data| discord().heartbeat_interval(data);
        let some = Some(Duration::from_millis(41_250));
        assert_eq!(read(r#"{"heartbeat_interval":41250,"_trace":[]}"#), some);
        assert_eq!(read(r#"{"heartbeat_interval":41250.0}"#), some);
        for none in [
            "",
            "null",
            "{}",
            r#"{"heartbeat_interval":null}"#,
            r#"{"heartbeat_interval":-1}"#,
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn the_dialect_names_its_version() {
        let dialect = discord().dialect().to_owned();
        assert_eq!(dialect, format!("discord v{}", Discord::VERSION));
    }

    #[test]
    fn refused_intents_are_named_as_the_portal_names_them() {
        let CloseMeaning::Fatal(reason) = discord().closed(Some(4014)) else {
            panic!("4014 is fatal");
        };
        assert!(
            reason.to_string().contains("enable MESSAGE_CONTENT"),
            "{reason}"
        );
    }
}
