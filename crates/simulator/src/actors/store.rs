//! What people buy of the application.

use polycord_types::id::{EntitlementId, GuildId, SkuId, SubscriptionId, UserId};
use serde_json::{Value, json};

use super::{guild_must_exist, user_must_exist};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids::iso8601;
use crate::simulator::Simulator;
use crate::world::objects;

/// How long a subscription runs before it is renewed, in milliseconds.
const MONTH: u64 = 30 * 24 * 60 * 60 * 1000;

/// What kind of thing an application sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkuKind {
    /// Bought once, for good.
    Durable,
    /// Bought again and again, and used up.
    Consumable,
    /// Paid by month.
    Subscription,
}

/// Flags of SKUs.
const AVAILABLE: u64 = 1 << 2;
const USER_SUBSCRIPTION: u64 = 1 << 8;

impl Simulator {
    /// The application sells something new.
    pub fn add_sku(&self, name: &str, kind: SkuKind) -> SkuId {
        self.act(|core, state| {
            let mut put = |kind: u64, flags: u64| {
                let id = core.next_id(state);
                let sku = json!({
                    "id": id.to_string(),
                    "type": kind,
                    "application_id": state.world.application.to_string(),
                    "name": name,
                    "slug": name.to_lowercase().replace(' ', "-"),
                    "flags": flags,
                });
                state.world.skus.insert(id, sku);
                id
            };
            let id = match kind {
                SkuKind::Durable => put(2, AVAILABLE),
                SkuKind::Consumable => put(3, AVAILABLE),
                SkuKind::Subscription => {
                    let flags = AVAILABLE | USER_SUBSCRIPTION;
                    // Discord makes a group for each, of which nothing comes.
                    put(6, flags);
                    put(5, flags)
                }
            };
            SkuId::new(id)
        })
    }

    /// A user buys something, for themselves or for a guild: `ENTITLEMENT_CREATE`.
    ///
    /// # Panics
    ///
    /// If there is no such user or guild, or if nothing of that id is sold, or by subscription only: see
    /// [`subscribe`](Self::subscribe).
    #[track_caller]
    pub fn buy(&self, user: UserId, sku: SkuId, guild: Option<GuildId>) -> EntitlementId {
        self.act(|core, state| {
            user_must_exist(state, user);
            if let Some(guild) = guild {
                guild_must_exist(state, guild);
            }
            let kind = kind_of(state, sku);
            assert!(kind != 5, "SKU {sku} is paid by month: use `subscribe`");
            let mut extra = json!({ "type": 1, "starts_at": null, "ends_at": null });
            if kind == 3 {
                extra["consumed"] = Value::Bool(false);
            }
            if let Some(guild) = guild {
                extra["guild_id"] = Value::from(guild.to_string());
            }
            EntitlementId::new(core.entitle(state, user.get(), sku.get(), extra))
        })
    }

    /// A user subscribes to something: `ENTITLEMENT_CREATE` and `SUBSCRIPTION_CREATE`.
    ///
    /// # Panics
    ///
    /// If there is no such user, or if nothing of that id is sold by subscription.
    #[track_caller]
    pub fn subscribe(&self, user: UserId, sku: SkuId) -> SubscriptionId {
        self.act(|core, state| {
            user_must_exist(state, user);
            let kind = kind_of(state, sku);
            assert!(kind == 5, "SKU {sku} is not paid by month: use `buy`");
            let now = core.clock.now_ms();
            let extra = json!({ "type": 8, "starts_at": iso8601(now), "ends_at": null });
            let entitlement = core.entitle(state, user.get(), sku.get(), extra);
            let id = core.next_id(state);
            let subscription = json!({
                "id": id.to_string(),
                "user_id": user.to_string(),
                "sku_ids": [sku.to_string()],
                "entitlement_ids": [entitlement.to_string()],
                "renewal_sku_ids": null,
                "current_period_start": iso8601(now),
                "current_period_end": iso8601(now.saturating_add(MONTH)),
                "status": 0,
                "canceled_at": null,
            });
            state.world.subscriptions.insert(id, subscription.clone());
            let happening = Happening::new("SUBSCRIPTION_CREATE", None, subscription);
            core.dispatch(state, &happening);
            SubscriptionId::new(id)
        })
    }

    /// The subscriber cancels: it ends with the month that is paid (`SUBSCRIPTION_UPDATE`, status 1).
    /// Whether it was there.
    #[must_use = "whether it was there"]
    pub fn cancel_subscription(&self, subscription: SubscriptionId) -> bool {
        self.act(|core, state| {
            let now = core.clock.now_iso();
            let change = json!({ "status": 1, "canceled_at": now });
            core.change_subscription(state, subscription.get(), change)
                .is_some()
        })
    }

    /// A subscription is over: `SUBSCRIPTION_UPDATE` with status 2, and `ENTITLEMENT_UPDATE` with the
    /// end of what it gave. Whether it was there.
    #[must_use = "whether it was there"]
    pub fn end_subscription(&self, subscription: SubscriptionId) -> bool {
        self.act(|core, state| {
            let change = json!({ "status": 2 });
            let Some(ended) = core.change_subscription(state, subscription.get(), change) else {
                return false;
            };
            let given = ended["entitlement_ids"].as_array().into_iter().flatten();
            let now = core.clock.now_iso();
            for id in given.filter_map(objects::snowflake) {
                let Some(found) = state.world.entitlements.get_mut(&id) else {
                    continue;
                };
                found["ends_at"] = Value::from(now.as_str());
                let data = found.clone();
                core.tell_entitlement(state, "ENTITLEMENT_UPDATE", data);
            }
            true
        })
    }

    /// A subscription is removed altogether: `SUBSCRIPTION_DELETE`. Whether it was there.
    #[must_use = "whether it was there"]
    pub fn delete_subscription(&self, subscription: SubscriptionId) -> bool {
        self.act(|core, state| {
            let Some(data) = state.world.subscriptions.remove(&subscription.get()) else {
                return false;
            };
            core.dispatch(state, &Happening::new("SUBSCRIPTION_DELETE", None, data));
            true
        })
    }

    /// A purchase is paid back: `ENTITLEMENT_DELETE`. Whether it was there.
    #[must_use = "whether it was there"]
    pub fn refund(&self, entitlement: EntitlementId) -> bool {
        self.act(|core, state| {
            let found = state.world.entitlements.get_mut(&entitlement.get());
            let Some(found) = found.filter(|found| found["deleted"] != true) else {
                return false;
            };
            found["deleted"] = Value::Bool(true);
            let data = found.clone();
            core.tell_entitlement(state, "ENTITLEMENT_DELETE", data);
            true
        })
    }
}

#[track_caller]
fn kind_of(state: &State, sku: SkuId) -> u64 {
    let found = state.world.skus.get(&sku.get());
    let Some(kind) = found.and_then(|found| found["type"].as_u64()) else {
        panic!("nothing is sold as SKU {sku}")
    };
    kind
}

impl Core {
    fn entitle(&self, state: &mut State, user: u64, sku: u64, extra: Value) -> u64 {
        let id = self.next_id(state);
        let mut entitlement = extra;
        entitlement["id"] = Value::from(id.to_string());
        entitlement["sku_id"] = Value::from(sku.to_string());
        entitlement["application_id"] = Value::from(state.world.application.to_string());
        entitlement["user_id"] = Value::from(user.to_string());
        entitlement["deleted"] = Value::Bool(false);
        state.world.entitlements.insert(id, entitlement.clone());
        self.tell_entitlement(state, "ENTITLEMENT_CREATE", entitlement);
        id
    }

    fn tell_entitlement(&self, state: &mut State, name: &str, data: Value) {
        let guild = objects::snowflake(&data["guild_id"]);
        self.dispatch(state, &Happening::new(name, guild, data));
    }

    fn change_subscription(&self, state: &mut State, id: u64, change: Value) -> Option<Value> {
        let found = state.world.subscriptions.get_mut(&id)?;
        if let Value::Object(change) = change {
            for (field, value) in change {
                found[field] = value;
            }
        }
        let data = found.clone();
        let happening = Happening::new("SUBSCRIPTION_UPDATE", None, data.clone());
        self.dispatch(state, &happening);
        Some(data)
    }
}
