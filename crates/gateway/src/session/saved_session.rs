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
    /// The sequence number of the last event that was handed on.
    pub seq: u64,
    /// What it was made with: dialect, version, intents.
    pub fingerprint: String,
}

const FIELDS: &[&str] = &["shard", "session_id", "resume_url", "seq", "fingerprint"];

impl Serialize for SavedSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("SavedSession", FIELDS.len())?;
        fields.serialize_field("shard", &self.shard.to_string())?;
        fields.serialize_field("session_id", &self.session_id)?;
        fields.serialize_field("resume_url", &self.resume_url)?;
        fields.serialize_field("seq", &self.seq)?;
        fields.serialize_field("fingerprint", &self.fingerprint)?;
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
                let (mut resume_url, mut fingerprint) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "shard" => {
                            let text: String = map.next_value()?;
                            shard = Some(text.parse().map_err(de::Error::custom)?);
                        }
                        "session_id" => session_id = Some(map.next_value()?),
                        "resume_url" => resume_url = map.next_value()?,
                        "seq" => seq = Some(map.next_value()?),
                        "fingerprint" => fingerprint = Some(map.next_value()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(SavedSession {
                    shard: shard.ok_or_else(|| de::Error::missing_field("shard"))?,
                    session_id: session_id.ok_or_else(|| de::Error::missing_field("session_id"))?,
                    resume_url,
                    seq: seq.ok_or_else(|| de::Error::missing_field("seq"))?,
                    fingerprint: fingerprint.unwrap_or_default(),
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
            seq: 42,
            fingerprint: "discord/10/513".into(),
        };
        let json = serde_json::to_string(&saved).unwrap();
        assert_eq!(serde_json::from_str::<SavedSession>(&json).unwrap(), saved);
    }

    #[test]
    fn fields_of_a_later_version_are_ignored_and_missing_ones_named() {
        let json = r#"{"new":[1],"shard":"0/1","session_id":"a","seq":1}"#;
        assert!(serde_json::from_str::<SavedSession>(json).is_ok());
        let error = serde_json::from_str::<SavedSession>(r#"{"shard":"0/1"}"#).unwrap_err();
        assert!(error.to_string().contains("session_id"), "{error}");
    }
}
