//! How people show themselves.

use polycord_types::id::UserId;
use serde_json::{Value, json};

use super::user_must_exist;
use crate::core::{Core, State};
use crate::simulator::Simulator;
use crate::world::{Presence, Status, User, objects};

impl Simulator {
    /// A user's status changes in all guilds they are in: `online`, `idle`, `dnd` or `offline`.
    ///
    /// # Panics
    ///
    /// If there is no such user, or no such status.
    #[track_caller]
    pub fn presence(&self, user: UserId, status: &str) {
        let Some(status) = Status::named(status) else {
            panic!("{status:?} is no status: use online, idle, dnd or offline")
        };
        self.act(|core, state| {
            user_must_exist(state, user);
            core.show(state, user.get(), |shown| shown.status = status);
        });
    }

    /// A user does something else, in all guilds they are in: activity objects, none for nothing. Who
    /// was offline comes online.
    ///
    /// # Panics
    ///
    /// If there is no such user.
    #[track_caller]
    pub fn set_activities(&self, user: UserId, activities: &[Value]) {
        self.act(|core, state| {
            user_must_exist(state, user);
            core.show(state, user.get(), |shown| {
                shown.activities = activities.into();
                if shown.status == Status::Offline {
                    shown.status = Status::Online;
                }
            });
        });
    }

    /// A user plays a game: `PRESENCE_UPDATE`.
    ///
    /// # Panics
    ///
    /// If there is no such user.
    #[track_caller]
    pub fn play_game(&self, user: UserId, game: &str) {
        let since = self.core.clock.now_ms();
        let activity = json!({
            "name": game,
            "type": 0,
            "created_at": since,
            "timestamps": { "start": since },
        });
        self.set_activities(user, &[activity]);
    }

    /// A user takes another display name. In guilds it is `GUILD_MEMBER_UPDATE`, the bot learns of its
    /// own by `USER_UPDATE`.
    ///
    /// # Panics
    ///
    /// If there is no such user.
    #[track_caller]
    pub fn rename_user(&self, user: UserId, display: &str) {
        self.act(|core, state| {
            core.change_user(state, user.get(), |user| {
                user.global_name = Some(display.into());
            });
        });
    }

    /// A user takes another avatar (its hash), or none. Told as [`rename_user`](Self::rename_user).
    ///
    /// # Panics
    ///
    /// If there is no such user.
    #[track_caller]
    pub fn set_avatar(&self, user: UserId, hash: Option<&str>) {
        self.act(|core, state| {
            core.change_user(state, user.get(), |user| {
                user.set("avatar", Value::from(hash));
            });
        });
    }
}

impl Core {
    /// Changes a user's presence wherever they are a member, and tells it.
    fn show(&self, state: &mut State, user: u64, change: impl Fn(&mut Presence)) {
        let guilds: Vec<u64> = state.world.guilds_of(user).collect();
        for guild in guilds {
            let shown = state.world.guilds.get(&guild);
            let shown = shown.and_then(|found| found.presences.get(&user)).cloned();
            let mut shown = shown.unwrap_or_else(|| Presence::new(Status::Offline, []));
            change(&mut shown);
            self.set_presence(state, guild, user, &shown);
        }
    }

    #[track_caller]
    fn change_user(&self, state: &mut State, user: u64, change: impl FnOnce(&mut User)) {
        let Some(found) = state.world.users.get_mut(user) else {
            panic!("there is no user {user} in this world")
        };
        change(found);
        if user == state.world.bot {
            // Every shard is told of the bot itself.
            let own = state.world.user(user).unwrap_or_default();
            let data = objects::current_user(own).to_string();
            let sessions = state.sessions.values();
            let sessions = sessions.filter(|session| session.welcomed);
            let mut sessions: Vec<_> = sessions.map(|session| session.id.clone()).collect();
            sessions.sort_unstable();
            for session in sessions {
                self.dispatch_to(state, &session, "USER_UPDATE", &data);
            }
        }
        let guilds: Vec<u64> = state.world.guilds_of(user).collect();
        for guild in guilds {
            self.tell_member(state, guild, user);
        }
    }
}
