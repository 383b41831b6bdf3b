//! What auto moderation does with what people write.

use serde_json::{Map, Value, json};

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::reply::Failure;
use crate::world::objects;
use crate::world::permissions::{ADMINISTRATOR, MANAGE_GUILD};

/// A rule of auto moderation that somebody ran into.
#[derive(Debug)]
struct Tripped {
    rule: Value,
    /// The word of the rule, and what it matched.
    matched: Option<(String, String)>,
}

impl Core {
    /// Says what a person wrote or edited, unless a rule of the guild blocks it; and does what else the
    /// rules are for.
    pub(crate) fn moderated(
        &self,
        state: &mut State,
        channel: u64,
        text: &str,
        say: impl FnOnce(&mut State) -> Option<Value>,
    ) -> Result<Option<Value>, Failure> {
        // The bot is not judged.
        let Some(user) = state.acting else {
            return Ok(say(state));
        };
        let tripped = tripped(state, channel, user, text);
        let blocks = |action: &Value| action["type"] == 1;
        let blocked = tripped.iter().any(|it| actions(&it.rule).any(blocks));
        let message = if blocked { None } else { say(state) };
        let id = message.as_ref().map(objects::id);
        for tripped in &tripped {
            for action in actions(&tripped.rule) {
                self.execute(state, (channel, user, id), text, tripped, action);
            }
        }
        if blocked {
            let message = "Message was blocked by automatic moderation";
            return Err(Failure::new(400, 200_000, message));
        }
        Ok(message)
    }

    /// Does what a rule is for, and tells it.
    fn execute(
        &self,
        state: &mut State,
        (channel, user, message): (u64, u64, Option<u64>),
        text: &str,
        tripped: &Tripped,
        action: &Value,
    ) {
        let Some(guild) = state.world.guild_of(channel) else {
            return;
        };
        let rule = &tripped.rule;
        let metadata = &action["metadata"];
        let mut alert = None;
        match action["type"].as_u64() {
            Some(2) => {
                let place = objects::snowflake(&metadata["channel_id"]).unwrap_or(channel);
                let alarm = self.alarm(rule, channel, text, tripped);
                alert = Some(objects::id(&self.post(state, place, user, "", alarm)));
            }
            Some(3) => {
                let seconds = metadata["duration_seconds"].as_u64().unwrap_or(0);
                let until = self
                    .clock
                    .now_ms()
                    .saturating_add(seconds.saturating_mul(1000));
                state
                    .world
                    .update_member(guild, user, |member| member.set_timeout(Some(until)));
                self.tell_member(state, guild, user);
            }
            _ => {}
        }
        let matched = tripped.matched.as_ref();
        let mut data = json!({
            "guild_id": guild.to_string(),
            "action": action,
            "rule_id": rule["id"],
            "rule_trigger_type": rule["trigger_type"],
            "user_id": user.to_string(),
            "channel_id": channel.to_string(),
            "content": text,
            "matched_keyword": matched.map(|(word, _)| word),
            "matched_content": matched.map(|(_, found)| found),
        });
        if let Some(message) = message {
            data["message_id"] = Value::from(message.to_string());
        }
        if let Some(alert) = alert {
            data["alert_system_message_id"] = Value::from(alert.to_string());
        }
        let name = "AUTO_MODERATION_ACTION_EXECUTION";
        self.dispatch(state, &Happening::new(name, Some(guild), data));
    }

    /// What the message says that tells moderators (type 24).
    fn alarm(
        &self,
        rule: &Value,
        channel: u64,
        text: &str,
        tripped: &Tripped,
    ) -> Map<String, Value> {
        let (word, found) = tripped
            .matched
            .as_ref()
            .map_or(("", ""), |(word, found)| (word, found));
        let field =
            |name: &str, value: &str| json!({ "name": name, "value": value, "inline": false });
        let embed = json!({
            "type": "auto_moderation_message",
            "description": text,
            "fields": [
                field("rule_name", rule["name"].as_str().unwrap_or_default()),
                field("channel_id", &channel.to_string()),
                field("keyword", word),
                field("keyword_matched_content", found),
                field("decision_id", &format!("{:032x}", self.clock.now_ms())),
            ],
        });
        Map::from_iter([
            ("type".to_owned(), Value::from(24)),
            ("embeds".to_owned(), json!([embed])),
        ])
    }
}

fn actions(rule: &Value) -> impl Iterator<Item = &Value> {
    rule["actions"].as_array().into_iter().flatten()
}

/// The rules that a message runs into. Who manages the guild is above them, and the bot is not judged.
fn tripped(state: &State, channel: u64, user: u64, text: &str) -> Vec<Tripped> {
    let world = &state.world;
    let guild = world.guild_of(channel).unwrap_or(0);
    let Some(found) = world.guilds.get(&guild) else {
        return Vec::new();
    };
    if found.auto_moderation.is_empty()
        || world.permissions(guild, user) & (ADMINISTRATOR | MANAGE_GUILD) != 0
    {
        return Vec::new();
    }
    let member = found.members.get(&user);
    let held = |role: u64| member.is_some_and(|member| member.roles.contains(&role));
    let names = |list: &Value, is: &dyn Fn(u64) -> bool| {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(objects::snowflake).any(is)
    };
    let rules = found.auto_moderation.values().filter(|rule| {
        rule["enabled"] == true
            && !names(&rule["exempt_roles"], &held)
            && !names(&rule["exempt_channels"], &|id| id == channel)
    });
    rules.filter_map(|rule| judge(rule, text)).collect()
}

/// Whether a text runs into a rule.
fn judge(rule: &Value, text: &str) -> Option<Tripped> {
    let metadata = &rule["trigger_metadata"];
    let matched = match rule["trigger_type"].as_u64()? {
        1 => Some(forbidden(metadata, text)?),
        5 => {
            let limit = metadata["mention_total_limit"].as_u64()?;
            let named = text.split("<@").skip(1);
            let mut named: Vec<&str> = named
                .filter_map(|rest| Some(rest.split_once('>')?.0))
                .collect();
            named.sort_unstable();
            named.dedup();
            if named.len() as u64 <= limit {
                return None;
            }
            None
        }
        _ => return None,
    };
    let rule = rule.clone();
    Some(Tripped { rule, matched })
}

/// The first keyword of a rule that stands in a text, and where.
fn forbidden(metadata: &Value, text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    let words = |field: &str| {
        let list = metadata[field].as_array().into_iter().flatten();
        let list = list.filter_map(Value::as_str);
        list.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let allowed = words("allow_list");
    if allowed.iter().any(|it| occurrence(&lower, it).is_some()) {
        return None;
    }
    words("keyword_filter").into_iter().find_map(|word| {
        let found = occurrence(&lower, &word)?;
        Some((word, found))
    })
}

/// Where a keyword stands in a text, both in lower case: as a whole word, or, with a `*` at an end of
/// it, as the beginning, the end or any part of one.
fn occurrence(text: &str, keyword: &str) -> Option<String> {
    let (open_start, rest) = keyword
        .strip_prefix('*')
        .map_or((false, keyword), |rest| (true, rest));
    let (open_end, word) = rest
        .strip_suffix('*')
        .map_or((false, rest), |word| (true, word));
    if word.is_empty() {
        return None;
    }
    let found = text.match_indices(word).find(|(at, word)| {
        let before = text
            .get(..*at)
            .and_then(|before| before.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .and_then(|after| after.chars().next());
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        (open_start || edge(before)) && (open_end || edge(after))
    });
    found.map(|(_, word)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_words_unless_a_star_says_otherwise() {
        assert_eq!(occurrence("a cat sat", "cat"), Some("cat".to_owned()));
        assert_eq!(occurrence("concatenate", "cat"), None);
        assert_eq!(occurrence("catalogue", "cat*"), Some("cat".to_owned()));
        assert_eq!(occurrence("tomcat", "cat*"), None);
        assert_eq!(occurrence("tomcat", "*cat"), Some("cat".to_owned()));
        assert_eq!(occurrence("concatenate", "*cat*"), Some("cat".to_owned()));
        assert_eq!(occurrence("anything", "*"), None);
    }
}
