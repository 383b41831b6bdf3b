//! What an interaction's data names, in full.

use serde_json::{Map, Value, json};

use crate::core::State;
use crate::world::objects;

/// The objects that the ids in an interaction's data stand for, by kind and id.
#[derive(Debug, Default)]
pub(super) struct Resolved(Map<String, Value>);

impl Resolved {
    /// Adds a user, and the member that they are where it was asked. Whether they exist.
    pub(super) fn user(&mut self, state: &State, channel: u64, id: u64) -> bool {
        let world = &state.world;
        let Some(user) = world.user(id) else {
            return false;
        };
        let guild = world.guild_of(channel);
        if let Some(mut member) = guild.and_then(|guild| world.partial_member(guild, id)) {
            let permissions = world.permissions_in(channel, id);
            member["permissions"] = Value::from(permissions.to_string());
            for field in ["deaf", "mute"] {
                member.as_object_mut().map(|fields| fields.remove(field));
            }
            self.put("members", id, member);
        }
        self.put("users", id, user);
        true
    }

    /// Adds a role of the guild where it was asked. Whether there is one.
    pub(super) fn role(&mut self, state: &State, channel: u64, id: u64) -> bool {
        let guild = state.world.guild_of(channel);
        let guild = guild.and_then(|guild| state.world.guilds.get(&guild));
        let Some(role) = guild.and_then(|guild| guild.roles.get(&id)) else {
            return false;
        };
        self.put("roles", id, role.clone());
        true
    }

    /// Adds a channel of the guild where it was asked, as the asking user sees it. Whether they do.
    pub(super) fn channel(&mut self, state: &State, channel: u64, user: u64, id: u64) -> bool {
        let world = &state.world;
        let here = world.guild_of(id).is_some() && world.guild_of(id) == world.guild_of(channel);
        let Some(mut object) = world.channel(id).filter(|_| here).cloned() else {
            return false;
        };
        if let Some(fields) = object.as_object_mut() {
            fields.remove("permission_overwrites");
        }
        let permissions = world.permissions_in(id, user);
        object["permissions"] = Value::from(permissions.to_string());
        self.put("channels", id, object);
        true
    }

    /// Adds a message.
    pub(super) fn message(&mut self, message: Value) {
        self.put("messages", objects::id(&message), message);
    }

    /// Adds an uploaded file.
    pub(super) fn attachment(&mut self, id: u64, name: &str, size: usize) {
        let url = format!("https://cdn.simulator.invalid/ephemeral-attachments/{id}/{name}");
        let kind = content_type(name);
        let attachment = json!({
            "id": id.to_string(),
            "filename": name,
            "size": size,
            "url": url,
            "proxy_url": url,
            "content_type": kind,
            "ephemeral": true,
        });
        self.put("attachments", id, attachment);
    }

    /// Puts it into an interaction's data, if there is anything.
    pub(super) fn into(self, data: &mut Value) {
        if !self.0.is_empty() {
            data["resolved"] = Value::Object(self.0);
        }
    }

    fn put(&mut self, kind: &str, id: u64, object: Value) {
        let objects = self.0.entry(kind).or_insert_with(|| json!({}));
        objects[id.to_string()] = object;
    }
}

/// The media type that a file's name stands for.
fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "json" => "application/json",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "ogg" => "audio/ogg",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "webp" => "image/webp",
        _ => return None,
    })
}
