use std::time::Duration;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
    ser::SerializeStruct,
};

use crate::ShardId;

/// A session that was left resumable, to be taken up by another connection or another process.
///
/// It holds no token. It is good for as long as the server keeps it, which is minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SavedSession {
    /// The shard it belongs to.
    pub shard: ShardId,
    /// Its id.
    pub session_id: String,
    /// Where it is resumed; `None`: at the main address.
    pub resume_url: Option<String>,
    /// Who the bot is: the id of its user, if READY told it. A session that is resumed does not tell it again.
    pub user_id: Option<u64>,
    /// The sequence number of the last event that was handed on.
    pub seq: u64,
    /// The dialect it was made in, and its version.
    pub dialect: String,
    /// Stands for the intents it was made with: the same for the same intents, in every build.
    pub intents_hash: u64,
    pub(crate) age: Option<Duration>,
}

impl SavedSession {
    /// Says how long ago it was left, if whoever kept it knows, as from the time of a file. It is not part of
    /// what is saved.
    ///
    /// A session that is older than the dialect [keeps](crate::Rules::session_lifetime) any is dropped at
    /// the start. Discord does not say how long it keeps them, so that its sessions are always tried, at the price
    /// of one RESUME.
    #[must_use]
    pub const fn aged(mut self, age: Duration) -> Self {
        self.age = Some(age);
        self
    }
}

/// What stands for `intents` in a saved session: the FNV-1a hash of what IDENTIFY says of them.
pub(crate) fn hash_of(intents: &impl Serialize) -> u64 {
    let text = serde_json::to_string(intents).unwrap_or_default();
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

const FIELDS: &[&str] = &[
    "shard",
    "session_id",
    "resume_url",
    "user_id",
    "seq",
    "dialect",
    "intents_hash",
];

impl Serialize for SavedSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("SavedSession", FIELDS.len())?;
        fields.serialize_field("shard", &self.shard.to_string())?;
        fields.serialize_field("session_id", &self.session_id)?;
        fields.serialize_field("resume_url", &self.resume_url)?;
        // As text, since many a reader of JSON cannot hold so large a number.
        let user_id = self.user_id.map(|id| id.to_string());
        fields.serialize_field("user_id", &user_id)?;
        fields.serialize_field("seq", &self.seq)?;
        fields.serialize_field("dialect", &self.dialect)?;
        // As text, for the same reason.
        fields.serialize_field("intents_hash", &format!("{:016x}", self.intents_hash))?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for SavedSession {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = SavedSession;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a saved session")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SavedSession, A::Error> {
                let (mut shard, mut session_id, mut seq) = (None, None, None);
                let (mut resume_url, mut dialect, mut intents_hash) = (None, None, None);
                let mut user_id = None;
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "shard" => {
                            let text: String = map.next_value()?;
                            shard = Some(text.parse().map_err(de::Error::custom)?);
                        }
                        "session_id" => session_id = Some(map.next_value()?),
                        "resume_url" => resume_url = map.next_value()?,
                        "user_id" => {
                            let text: Option<String> = map.next_value()?;
                            user_id = text.and_then(|text| text.parse().ok());
                        }
                        "seq" => seq = Some(map.next_value()?),
                        "dialect" => dialect = Some(map.next_value()?),
                        "intents_hash" => {
                            let text: String = map.next_value()?;
                            let hash = u64::from_str_radix(&text, 16);
                            intents_hash = Some(hash.map_err(de::Error::custom)?);
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(SavedSession {
                    shard: shard.ok_or_else(|| de::Error::missing_field("shard"))?,
                    session_id: session_id.ok_or_else(|| de::Error::missing_field("session_id"))?,
                    resume_url,
                    user_id,
                    seq: seq.ok_or_else(|| de::Error::missing_field("seq"))?,
                    dialect: dialect.unwrap_or_default(),
                    intents_hash: intents_hash.unwrap_or_default(),
                    age: None,
                })
            }
        }

        deserializer.deserialize_struct("SavedSession", FIELDS, Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_through_json_and_back() {
        let saved = SavedSession {
            shard: ShardId::new(1, 2),
            session_id: "abc".into(),
            resume_url: Some("wss://resume.example".into()),
            user_id: Some(u64::MAX),
            seq: 42,
            dialect: "discord v10".into(),
            intents_hash: hash_of(&513),
            age: None,
        };
        let json = serde_json::to_string(&saved).unwrap();
        assert_eq!(serde_json::from_str::<SavedSession>(&json).unwrap(), saved);
    }

    #[test]
    fn a_hash_is_the_same_in_every_build_and_another_for_other_intents() {
        assert_eq!(hash_of(&513), 0x22c6_0e18_047f_4080);
        assert_ne!(hash_of(&513), hash_of(&512));
        assert_ne!(hash_of(&["messages"]), hash_of(&["messages", "spaces"]));
    }

    #[test]
    fn fields_of_a_later_version_are_ignored_and_missing_ones_named() {
        let json = r#"{"new":[1],"shard":"0/1","session_id":"a","seq":1}"#;
        assert!(serde_json::from_str::<SavedSession>(json).is_ok());
        let error = serde_json::from_str::<SavedSession>(r#"{"shard":"0/1"}"#).unwrap_err();
        assert!(error.to_string().contains("session_id"), "{error}");
    }
}
