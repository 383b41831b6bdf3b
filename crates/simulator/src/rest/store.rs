//! What people bought: entitlements, and subscriptions to SKUs.

use serde_json::{Value, json};

use super::commands::own_application;
use super::form::{self, Field};
use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids;
use crate::world::objects;

pub(super) const ROUTES: &[Route] = &[
    Route::get(
        "/applications/{application_id}/entitlements",
        Core::list_entitlements,
    )
    .oauth(),
    Route::post(
        "/applications/{application_id}/entitlements",
        Core::create_entitlement,
    ),
    Route::get(
        "/applications/{application_id}/entitlements/{entitlement_id}",
        Core::get_entitlement,
    )
    .oauth(),
    Route::delete(
        "/applications/{application_id}/entitlements/{entitlement_id}",
        Core::delete_entitlement,
    )
    .oauth(),
    Route::post(
        "/applications/{application_id}/entitlements/{entitlement_id}/consume",
        Core::consume_entitlement,
    )
    .oauth(),
    Route::get("/applications/{application_id}/skus", Core::list_skus),
    Route::get("/skus/{sku_id}/subscriptions", Core::list_subscriptions).oauth(),
    Route::get(
        "/skus/{sku_id}/subscriptions/{subscription_id}",
        Core::get_subscription,
    )
    .oauth(),
];

/// What a token needs.
const SCOPE: &str = "applications.entitlements";
/// Types: a purchase of a developer who tests; SKUs that are used up.
const TEST_MODE_PURCHASE: u64 = 4;
const CONSUMABLE: u64 = 3;

const TEST: &[Field] = &[
    Field::id("sku_id").required(),
    Field::id("owner_id").required(),
    Field::choice("owner_type", &[1, 2]).required(),
];

impl Core {
    fn list_entitlements(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        call.caller.may(SCOPE)?;
        own_application(state, call)?;
        let (user, guild) = (
            call.parameter_id("user_id")?,
            call.parameter_id("guild_id")?,
        );
        let skus = call.parameter("sku_ids").map(|skus| {
            let skus = skus.split([',']).flat_map(|part| part.split("%2C"));
            skus.filter_map(|id| id.parse::<u64>().ok())
                .collect::<Vec<_>>()
        });
        // Without a word deleted ones are left out, and ended ones are not.
        let deleted_too =
            call.parameter("exclude_deleted").is_some() && !call.flag("exclude_deleted");
        let only_active = call.flag("only_active");
        let ended_too = !call.flag("exclude_ended") && !only_active;
        let now = self.clock.now_ms();
        let is = |value: &Value, wanted: u64| objects::snowflake(value) == Some(wanted);
        let found = state.world.entitlements.values().filter(|kept| {
            user.is_none_or(|user| is(&kept["user_id"], user))
                && guild.is_none_or(|guild| is(&kept["guild_id"], guild))
                && skus
                    .as_ref()
                    .is_none_or(|skus| skus.iter().any(|sku| is(&kept["sku_id"], *sku)))
                && (deleted_too || kept["deleted"] != true)
                && (ended_too || !over(kept, now))
        });
        let page = page(call, found.cloned().collect(), 100, 100)?;
        Ok(Reply::ok(page))
    }

    /// A test entitlement, for ever: it starts and ends never.
    fn create_entitlement(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let given = form::read(&call.body, TEST)?;
        let id = |field: &str| given.get(field).and_then(objects::snowflake).unwrap_or(0);
        let (sku, owner) = (id("sku_id"), id("owner_id"));
        if !state.world.skus.contains_key(&sku) {
            return Err(Failure::new(404, 10_027, "Unknown SKU"));
        }
        let for_guild = given.get("owner_type").is_some_and(|kind| *kind == 1);
        if for_guild && !state.world.guilds.contains_key(&owner) {
            return Err(Failure::unknown_guild());
        }
        if !for_guild && !state.world.users.contains_key(&owner) {
            return Err(Failure::unknown_user());
        }
        let made = self.next_id(state);
        let mut entitlement = json!({
            "id": made.to_string(),
            "sku_id": sku.to_string(),
            "application_id": state.world.application.to_string(),
            "promotion_id": null,
            "type": TEST_MODE_PURCHASE,
            "deleted": false,
            "gift_code_flags": 0,
            "consumed": false,
        });
        let owner_field = if for_guild { "guild_id" } else { "user_id" };
        entitlement[owner_field] = Value::from(owner.to_string());
        let mut kept = entitlement.clone();
        kept["starts_at"] = Value::Null;
        kept["ends_at"] = Value::Null;
        state.world.entitlements.insert(made, kept.clone());
        self.tell(state, "ENTITLEMENT_CREATE", kept);
        Ok(Reply::ok(entitlement))
    }

    fn get_entitlement(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = entitlement(state, call)?;
        let found = state.world.entitlements.get(&id).cloned();
        found.map(Reply::ok).ok_or_else(unknown)
    }

    /// Only test entitlements are the application's to take away.
    fn delete_entitlement(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = entitlement(state, call)?;
        let found = state.world.entitlements.get_mut(&id);
        let found =
            found.filter(|found| found["deleted"] != true && found["type"] == TEST_MODE_PURCHASE);
        let found = found.ok_or_else(unknown)?;
        found["deleted"] = Value::Bool(true);
        let data = found.clone();
        self.tell(state, "ENTITLEMENT_DELETE", data);
        Ok(Reply::no_content())
    }

    fn consume_entitlement(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = entitlement(state, call)?;
        let sku = state
            .world
            .entitlements
            .get(&id)
            .map(|found| &found["sku_id"]);
        let sku = sku.and_then(objects::snowflake).unwrap_or(0);
        let consumable = state
            .world
            .skus
            .get(&sku)
            .is_some_and(|sku| sku["type"] == CONSUMABLE);
        let found = state.world.entitlements.get_mut(&id).filter(|_| consumable);
        let found = found.ok_or_else(unknown)?;
        if found["consumed"] != true {
            found["consumed"] = Value::Bool(true);
            let data = found.clone();
            self.tell(state, "ENTITLEMENT_UPDATE", data);
        }
        Ok(Reply::no_content())
    }

    /// All that the application sells, and what stands beside it for each subscription.
    fn list_skus(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        Ok(Reply::ok(state.world.skus.values().cloned().collect()))
    }

    /// The subscriptions of one user, who has to be named unless the token is theirs.
    fn list_subscriptions(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (sku, user) = (sku(state, call)?, subscriber(call)?);
        let user = user
            .ok_or_else(|| Failure::required("user_id"))?
            .to_string();
        let all = state.world.subscriptions.values();
        let found = all.filter(|kept| includes(kept, sku) && kept["user_id"] == user);
        let page = page(call, found.cloned().collect(), 50, 100)?;
        Ok(Reply::ok(page))
    }

    fn get_subscription(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (sku, user) = (sku(state, call)?, subscriber(call)?);
        let found = state.world.subscriptions.get(&call.id("subscription_id")?);
        let found = found.filter(|kept| includes(kept, sku));
        let found = found.filter(|kept| {
            user.is_none_or(|user| objects::snowflake(&kept["user_id"]) == Some(user))
        });
        let unknown = || Failure::new(404, 10_100, "Unknown Subscription");
        found.cloned().map(Reply::ok).ok_or_else(unknown)
    }

    fn tell(&self, state: &mut State, name: &str, data: Value) {
        let guild = objects::snowflake(&data["guild_id"]);
        self.dispatch(state, &Happening::new(name, guild, data));
    }
}

fn unknown() -> Failure {
    Failure::new(404, 10_029, "Unknown Entitlement")
}

/// The entitlement of the path, which exists.
fn entitlement(state: &State, call: &Call<'_>) -> Result<u64, Failure> {
    call.caller.may(SCOPE)?;
    own_application(state, call)?;
    let id = call.id("entitlement_id")?;
    let known = state.world.entitlements.contains_key(&id);
    known.then_some(id).ok_or_else(unknown)
}

/// The SKU of the path, which exists.
fn sku(state: &State, call: &Call<'_>) -> Result<u64, Failure> {
    let id = call.id("sku_id")?;
    let known = state.world.skus.contains_key(&id);
    let unknown = || Failure::new(404, 10_027, "Unknown SKU");
    known.then_some(id).ok_or_else(unknown)
}

/// Whose subscriptions are asked for: a token's own user, or the one that is named.
fn subscriber(call: &Call<'_>) -> Result<Option<u64>, Failure> {
    match &call.caller {
        super::caller::Caller::User(bearer) => Ok(Some(bearer.user)),
        _ => call.parameter_id("user_id"),
    }
}

fn includes(subscription: &Value, sku: u64) -> bool {
    let skus = subscription["sku_ids"].as_array().into_iter().flatten();
    skus.filter_map(objects::snowflake)
        .any(|known| known == sku)
}

/// Whether an entitlement has ended.
fn over(entitlement: &Value, now: u64) -> bool {
    let end = entitlement["ends_at"].as_str().and_then(ids::read_iso);
    end.is_some_and(|end| end <= now)
}

/// A page of what is ordered by id, as `before`, `after` and `limit` ask for it.
fn page(
    call: &Call<'_>,
    mut all: Vec<Value>,
    default: usize,
    most: usize,
) -> Result<Value, Failure> {
    let limit = call.limit(default, most)?;
    let (before, after) = (call.parameter_id("before")?, call.parameter_id("after")?);
    all.retain(|object| {
        let id = objects::id(object);
        before.is_none_or(|before| id < before) && after.is_none_or(|after| id > after)
    });
    if before.is_some() && after.is_none() {
        all.drain(..all.len().saturating_sub(limit));
    }
    all.truncate(limit);
    Ok(Value::Array(all))
}
