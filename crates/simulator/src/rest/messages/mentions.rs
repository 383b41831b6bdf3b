//! Whom a message mentions: what stands in it, and what its author wanted and may.

use serde_json::{Value, json};

use super::components;
use crate::core::State;
use crate::rest::form::{Field, Wrong};
use crate::world::objects;
use crate::world::permissions;

/// The type of the message that tells a poll's result.
const POLL_RESULT: u64 = 46;

/// The form of `allowed_mentions`.
pub(crate) const ALLOWED: Field = Field::object(
    "allowed_mentions",
    &[
        Field::texts("parse", 3, 8).or_null(),
        Field::ids("roles", 100).or_null(),
        Field::ids("users", 100).or_null(),
        Field::boolean("replied_user").or_null(),
    ],
)
.or_null();

/// What a message may mention of what stands in it.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    users: Among,
    roles: Among,
    everyone: bool,
    replied_user: bool,
}

/// Everything, or these.
#[derive(Clone, Debug)]
enum Among {
    All,
    These(Vec<u64>),
}

impl Among {
    fn has(&self, id: u64) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}

impl Default for Allowed {
    fn default() -> Self {
        Self {
            users: Among::All,
            roles: Among::All,
            everyone: true,
            replied_user: true,
        }
    }
}

impl Allowed {
    /// Reads what the form let through.
    pub(super) fn read(given: &Value, wrong: &mut Wrong) -> Self {
        if !given.is_object() {
            return Self::default();
        }
        let parse: Vec<&str> = given["parse"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (index, kind) in parse.iter().enumerate() {
            if !["roles", "users", "everyone"].contains(kind) {
                let message = "Value must be one of ('roles', 'users', 'everyone').";
                let field = format!("allowed_mentions.parse.{index}");
                wrong.note(&field, "BASE_TYPE_CHOICES", message);
            }
        }
        let mut read = |name: &str| {
            let ids: Vec<u64> = given[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(objects::snowflake)
                .collect();
            if !parse.contains(&name) {
                return Among::These(ids);
            }
            if !ids.is_empty() {
                let message =
                    format!("parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive.");
                let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
                wrong.note("allowed_mentions", code, &message);
            }
            Among::All
        };
        let (users, roles) = (read("users"), read("roles"));
        Self {
            users,
            roles,
            everyone: parse.contains(&"everyone"),
            replied_user: given["replied_user"] == true,
        }
    }
}

/// Finds out whom a message mentions, and writes it into the message.
pub(super) fn mention(state: &State, channel: u64, message: &mut Value, allowed: &Allowed) {
    let mut text = message["content"].as_str().unwrap_or_default().to_owned();
    components::texts(&message["components"], &mut text);
    let guild = state.world.guild_of(channel);
    let author = objects::id(&message["author"]);
    // Who speaks through a webhook is nobody whose permissions could be asked.
    let may = !state.world.users.contains_key(&author)
        || guild.is_none()
        || state.world.permissions_in(channel, author) & permissions::MENTION_EVERYONE != 0;

    let mut users = ids(&text, "<@");
    users.extend(ids(&text, "<@!"));
    users.retain(|user| allowed.users.has(*user));
    // A reply mentions whom it answers.
    let replied = objects::id(&message["referenced_message"]["author"]);
    users.extend((replied != 0 && allowed.replied_user).then_some(replied));
    // Whose poll has ended is told so.
    users.extend((message["type"] == POLL_RESULT).then_some(author));
    users.sort_unstable();
    users.dedup();
    let users = users.iter().filter_map(|user| state.world.user(*user));
    message["mentions"] = users.collect();

    let found = guild.and_then(|guild| state.world.guilds.get(&guild));
    let mut roles = ids(&text, "<@&");
    roles.sort_unstable();
    roles.dedup();
    roles.retain(|role| {
        let role = found.and_then(|guild| guild.roles.get(role));
        role.is_some_and(|role| may || role["mentionable"] == true)
            && allowed.roles.has(role.map_or(0, objects::id))
    });
    message["mention_roles"] = roles.iter().map(|role| json!(role.to_string())).collect();
    let everyone = text.contains("@everyone") || text.contains("@here");
    message["mention_everyone"] = Value::Bool(everyone && may && allowed.everyone);
}

/// The ids that stand between `mark` and `>`.
fn ids(text: &str, mark: &str) -> Vec<u64> {
    let after = text.split(mark).skip(1);
    after
        .filter_map(|rest| rest.split_once('>')?.0.parse().ok())
        .collect()
}
