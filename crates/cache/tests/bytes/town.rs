//! Guilds with much of everything.

use fastrand::Rng;
use serde_json::{Value, json};

const TIME: &str = "2026-01-01T00:00:00.123456+00:00";

/// Of how many kinds there is something, at least.
pub(crate) const KINDS: usize = 21;

/// The events that bring so many guilds with so many of everything, names and data.
pub(crate) fn frames(guilds: u64, each: u64) -> Vec<(&'static str, String)> {
    let mut rng = Rng::with_seed(7);
    (1..=guilds)
        .flat_map(|guild| {
            Town {
                guild,
                each,
                rng: rng.fork(),
            }
            .frames()
        })
        .collect()
}

struct Town {
    guild: u64,
    each: u64,
    rng: Rng,
}

impl Town {
    fn frames(mut self) -> Vec<(&'static str, String)> {
        let guild = self.id(0, 0);
        let mut frames = vec![("GUILD_CREATE", self.create())];
        for n in 0..self.each {
            frames.extend([
                ("INTEGRATION_CREATE", json!({"id": self.id(7, n), "guild_id": guild, "type": "twitch",
                    "name": self.text(20), "enabled": true, "account": {"id": self.text(12), "name": self.text(12)}})),
                ("INVITE_CREATE", json!({"code": format!("g{}n{n}", self.guild), "guild_id": guild,
                    "channel_id": self.id(1, n), "inviter": self.user(n), "created_at": TIME, "max_age": 0,
                    "max_uses": 0, "temporary": false, "uses": 0})),
                ("GUILD_BAN_ADD", json!({"guild_id": guild, "user": self.user(self.each + n)})),
                ("AUTO_MODERATION_RULE_CREATE", json!({"id": self.id(9, n), "guild_id": guild,
                    "name": self.text(30), "creator_id": self.id(6, 0), "event_type": 1, "trigger_type": 1,
                    "trigger_metadata": {"keyword_filter": [self.text(10), self.text(30)]},
                    "actions": [{"type": 1, "metadata": {"custom_message": self.text(60)}}], "enabled": true,
                    "exempt_roles": [self.id(2, 1)], "exempt_channels": []})),
                ("GUILD_SCHEDULED_EVENT_CREATE", json!({"id": self.id(10, n), "guild_id": guild,
                    "name": self.text(40), "description": self.text(200), "scheduled_start_time": TIME,
                    "privacy_level": 2, "status": 1, "entity_type": 3,
                    "entity_metadata": {"location": self.text(40)}})),
            ]);
        }
        for n in 0..self.each {
            let direct = self.message(12, n);
            let mut message = self.message(1, n);
            message["guild_id"] = json!(guild);
            let told = json!({"user_id": self.id(6, n), "channel_id": message["channel_id"],
                "message_id": message["id"], "guild_id": guild});
            let mut reaction = told.clone();
            reaction["emoji"] = json!({"id": self.id(3, n % 9), "name": self.text(9)});
            reaction["burst"] = json!(false);
            reaction["type"] = json!(0);
            let mut typing = told;
            typing["timestamp"] = json!(0);
            frames.extend([
                ("MESSAGE_CREATE", message),
                ("MESSAGE_CREATE", direct),
                ("MESSAGE_REACTION_ADD", reaction),
                ("TYPING_START", typing),
                ("GUILD_SCHEDULED_EVENT_USER_ADD", json!({"guild_scheduled_event_id": self.id(10, n),
                    "user_id": self.id(6, n), "guild_id": guild})),
                ("GUILD_MEMBER_REMOVE", json!({"guild_id": guild, "user": self.user(self.each + n)})),
                ("ENTITLEMENT_CREATE", json!({"id": self.id(14, n), "sku_id": self.id(15, n), "type": 8,
                    "application_id": "9", "user_id": self.id(6, n), "deleted": false, "consumed": false})),
            ]);
        }
        let added: Vec<_> = (0..self.each)
            .map(|n| {
                json!({"id": self.id(5, 1), "user_id": self.id(6, n),
            "join_timestamp": TIME, "flags": 0})
            })
            .collect();
        frames.push((
            "THREAD_MEMBERS_UPDATE",
            json!({"id": self.id(5, 1), "guild_id": guild,
            "member_count": self.each, "added_members": added}),
        ));
        frames
            .into_iter()
            .map(|(name, data)| (name, data.to_string()))
            .collect()
    }

    fn create(&mut self) -> Value {
        let guild = self.id(0, 0);
        let roles = self.some(|town, n| json!({"id": if n == 0 { guild.clone() } else { town.id(2, n) },
            "name": town.text(24), "permissions": "1071698660929", "position": n, "color": 0, "hoist": false,
            "managed": false, "mentionable": false, "flags": 0, "colors": {"primary_color": 7}}));
        let channels = self.some(|town, n| json!({"id": town.id(1, n), "type": 0, "name": town.text(24),
            "topic": town.text(120), "position": n, "nsfw": false, "rate_limit_per_user": 0,
            "permission_overwrites": [{"id": town.id(2, 1), "type": 0, "allow": "1024", "deny": "0"}]}));
        let threads = self.some(|town, n| json!({"id": town.id(5, n), "type": 11, "name": town.text(40),
            "parent_id": town.id(1, 1), "owner_id": town.id(6, n), "message_count": 1, "member_count": 1,
            "thread_metadata": {"archived": false, "auto_archive_duration": 60, "archive_timestamp": TIME,
                "locked": false}}));
        let members = self.some(Self::member);
        let presences = self.some(|town, n| {
            json!({"user": {"id": town.id(6, n)}, "status": "online",
            "client_status": {"desktop": "online"}, "activities": town.activities()})
        });
        let voice_states = self.some(|town, n| json!({"user_id": town.id(6, n), "channel_id": town.id(1, n % 5),
            "session_id": town.hex(), "deaf": false, "mute": false, "self_deaf": n.is_multiple_of(2), "self_mute": true,
            "self_video": false, "suppress": false}));
        let emojis = self.some(|town, n| {
            json!({"id": town.id(3, n), "name": town.text(18), "roles": [],
            "animated": false, "available": true, "managed": false, "require_colons": true})
        });
        let stickers = self.some(|town, n| {
            json!({"id": town.id(4, n), "name": town.text(18), "type": 2,
            "description": town.text(60), "tags": "wave", "format_type": 1, "available": true})
        });
        let sounds = self.some(|town, n| {
            json!({"sound_id": town.id(8, n), "name": town.text(18), "volume": 1.0,
            "available": true})
        });
        let stages = self.some(|town, n| {
            json!({"id": town.id(11, n), "guild_id": guild,
            "channel_id": town.id(1, n), "topic": town.text(60), "privacy_level": 2})
        });
        json!({
            "id": guild, "name": self.text(30), "owner_id": self.id(6, 0), "joined_at": TIME, "large": false,
            "unavailable": false, "member_count": self.each, "features": ["COMMUNITY", "NEWS"], "roles": roles,
            "channels": channels, "threads": threads, "members": members, "presences": presences,
            "voice_states": voice_states, "emojis": emojis, "stickers": stickers, "soundboard_sounds": sounds,
            "stage_instances": stages, "guild_scheduled_events": [],
        })
    }

    /// A message in a channel of a sort.
    fn message(&mut self, sort: u64, n: u64) -> Value {
        json!({"id": self.id(13, 2 * n + sort % 2), "channel_id": self.id(sort, n), "author": self.user(n),
            "content": self.text(120), "timestamp": TIME, "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
            "pinned": false, "type": 0, "flags": 0})
    }

    fn member(&mut self, n: u64) -> Value {
        let nick = n.is_multiple_of(3).then(|| self.text(30));
        let avatar = n.is_multiple_of(20).then(|| self.hex());
        let mut roles = Vec::new();
        for role in 1..=n % 9 {
            roles.push(self.id(2, role + n % 5));
        }
        json!({"user": self.user(n), "roles": roles, "nick": nick, "avatar": avatar, "joined_at": TIME,
            "deaf": false, "mute": false, "flags": 0, "pending": false})
    }

    fn user(&mut self, n: u64) -> Value {
        let global_name = (!n.is_multiple_of(4)).then(|| self.text(32));
        let decoration = n
            .is_multiple_of(10)
            .then(|| json!({"asset": self.hex(), "sku_id": "1144000000000000000"}));
        let guild = n.is_multiple_of(9).then(|| {
            json!({"identity_guild_id": self.id(0, 0), "identity_enabled": true,
            "tag": "WOLF", "badge": self.hex()})
        });
        json!({"id": self.id(6, n), "username": self.text(28), "discriminator": "0", "global_name": global_name,
            "avatar": self.hex(), "public_flags": 64, "avatar_decoration_data": decoration, "primary_guild": guild})
    }

    fn activities(&mut self) -> Vec<Value> {
        (0..self.rng.u64(..3))
            .map(|n| json!({"name": self.text(20), "type": 0, "created_at": 1_700_000_000_000_u64 + n,
                "state": self.text(40), "details": self.text(40), "application_id": "383226320970055681",
                "timestamps": {"start": 1_700_000_000_000_u64},
                "assets": {"large_image": self.hex(), "large_text": self.text(30)}}))
            .collect()
    }

    fn some(&mut self, mut make: impl FnMut(&mut Self, u64) -> Value) -> Vec<Value> {
        (0..self.each).map(|n| make(self, n)).collect()
    }

    /// The id of the `n`th thing of a sort in this guild.
    fn id(&self, sort: u64, n: u64) -> String {
        let id = 100_000_000_000_000_000 + self.guild * 1_000_000_000 + sort * 10_000_000 + n * 64;
        id.to_string()
    }

    fn text(&mut self, most: usize) -> String {
        let len = self.rng.usize(1..=most);
        (0..len).map(|_| self.rng.lowercase()).collect()
    }

    fn hex(&mut self) -> String {
        format!("{:032x}", self.rng.u128(..))
    }
}
