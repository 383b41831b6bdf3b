use std::collections::BTreeMap;
use std::sync::Arc;

use fastrand::Rng;
use serde_json::{Value, json};

use super::names::{FIRST, GAMES, ORNAMENTS, SECOND};
use crate::ids::{DISCORD_MS, Snowflakes, WORLD_MS, created_ms};
use crate::world::{GuildBuilder, Member, Presence, Status, User};

/// From when on accounts were made: a year after Discord began.
const FIRST_ACCOUNT_MS: u64 = DISCORD_MS + YEAR_MS;
const YEAR_MS: u64 = 365 * 86_400_000;

/// Everybody who was made so far, by id, in that order.
pub(super) struct People {
    users: Vec<(u64, User)>,
    /// Milliseconds from one account to the next.
    step: u64,
    /// What people do, shared by all who do the same; the first is nothing.
    activities: Vec<Arc<[Value]>>,
}

impl People {
    /// Nobody yet, of so many at most.
    pub(super) fn new(at_most: usize) -> Self {
        let span = WORLD_MS - FIRST_ACCOUNT_MS;
        Self {
            users: Vec::new(),
            step: (span / (at_most as u64).max(1)).max(1),
            activities: activities(),
        }
    }

    /// Lets people join a guild until so many are in it, not counting the bot and the owner: a third
    /// of them are in other guilds, too.
    pub(super) fn settle(
        &mut self,
        guild: &mut GuildBuilder,
        random: &mut Rng,
        size: usize,
        roles: &[Arc<[u64]>],
    ) {
        let Some(found) = guild.guild_mut() else {
            return;
        };
        let joining = (size + 2).saturating_sub(found.members.len());
        let known = self.users.len().min(joining / 3);
        let start = random.usize(..self.users.len().max(1));
        let around = self.users.iter().cycle().skip(start).take(known);
        let mut ids: Vec<u64> = around.map(|(id, _)| *id).collect();
        while ids.len() < joining {
            ids.push(self.add(random));
        }
        let online = if size > 1_000 { 20 } else { 35 };
        let mut members = Vec::with_capacity(ids.len());
        let mut presences = Vec::new();
        for id in ids {
            members.push((id, member(random, id, roles)));
            if random.u8(..100) < online {
                presences.push((id, self.presence(random)));
            }
        }
        // In one go, so that the maps are packed.
        let mut members: BTreeMap<u64, Member> = members.into_iter().collect();
        let mut presences: BTreeMap<u64, Presence> = presences.into_iter().collect();
        found.members.append(&mut members);
        found.presences.append(&mut presences);
    }

    /// Everybody.
    pub(super) fn into_users(self) -> Vec<(u64, User)> {
        self.users
    }

    fn add(&mut self, random: &mut Rng) -> u64 {
        let number = self.users.len();
        let at = FIRST_ACCOUNT_MS + number as u64 * self.step + random.u64(..self.step);
        let id = Snowflakes::at(at, random.u64(..4_096));
        let (first, shown) = random.choice(FIRST).unwrap_or(("someone", "Someone"));
        let second = random.choice(SECOND).unwrap_or("else");
        let username = match random.u8(..4) {
            0 => format!("{first}.{second}{number}"),
            1 => format!("{second}_{first}{number}"),
            _ => format!("{first}{number}"),
        };
        let ornament = random.choice(ORNAMENTS).unwrap_or("");
        let shown = (random.u8(..5) != 0).then(|| format!("{shown}{ornament}"));
        let mut user = User::new(&username, shown.as_deref(), false);
        if random.bool() {
            user.avatar = Some(random.u128(..).to_be_bytes());
        }
        self.users.push((id, user));
        id
    }

    fn presence(&self, random: &mut Rng) -> Presence {
        let status = match random.u8(..10) {
            0..=4 => Status::Online,
            5..=7 => Status::Idle,
            _ => Status::Dnd,
        };
        let nothing = self.activities.first().cloned().unwrap_or_default();
        let busy = random.u8(..3) == 0;
        let activities = random.choice(&self.activities).filter(|_| busy);
        let mut presence = Presence::new(status, activities.cloned().unwrap_or(nothing));
        presence.mobile = random.u8(..3) == 0;
        presence.desktop = !presence.mobile || random.u8(..4) == 0;
        presence.web = random.u8(..20) == 0;
        presence
    }
}

fn member(random: &mut Rng, user: u64, roles: &[Arc<[u64]>]) -> Member {
    let roles = random.choice(roles).cloned().unwrap_or_default();
    let joined = created_ms(user).max(WORLD_MS) + random.u64(..4 * YEAR_MS);
    let mut member = Member::new(joined, roles);
    if random.u8(..8) == 0 {
        let (_, first) = random.choice(FIRST).unwrap_or(("", "nick"));
        let second = random.choice(SECOND).unwrap_or("");
        member.nick = Some(format!("{first} {second}").into());
    }
    if random.u8(..40) == 0 {
        let boosted = joined + random.u64(..YEAR_MS);
        member.set_premium_since(Some(boosted.min(WORLD_MS + 4 * YEAR_MS)));
    }
    member.pending = random.u8(..100) == 0;
    member
}

fn activities() -> Vec<Arc<[Value]>> {
    let nothing: Arc<[Value]> = Arc::new([]);
    let games = GAMES.iter().map(|game| {
        json!({ "name": game, "type": 0, "created_at": WORLD_MS, "timestamps": { "start": WORLD_MS } })
    });
    let song = json!({
        "name": "Spotify",
        "type": 2,
        "created_at": WORLD_MS,
        "timestamps": { "start": WORLD_MS, "end": WORLD_MS + 240_000 },
        "details": "夜に駆ける",
        "state": "YOASOBI",
        "party": { "id": "spotify:1" },
        "assets": { "large_image": "spotify:ab67616d", "large_text": "THE BOOK" },
    });
    let mood = json!({
        "name": "Custom Status",
        "type": 4,
        "created_at": WORLD_MS,
        "state": "reading, do not poke",
        "emoji": { "name": "📚" },
    });
    let single = games
        .chain([song, mood])
        .map(|activity| Arc::from([activity]));
    [nothing].into_iter().chain(single).collect()
}
