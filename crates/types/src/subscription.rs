//! Subscriptions: what users pay for again and again.
//!
//! See [subscriptions](https://docs.discord.com/developers/resources/subscription).

use polycord_types_derive::Model;

use crate::{
    Text, Timestamp,
    id::{EntitlementId, SkuId, SubscriptionId, UserId},
};

/// A user's payments for one or more SKUs.
///
/// See [subscription](https://docs.discord.com/developers/resources/subscription#subscription-object).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct Subscription {
    /// The subscription.
    #[model(key)]
    pub id: SubscriptionId,
    /// Who pays.
    #[model(key)]
    pub user_id: UserId,
    /// What for.
    pub sku_ids: Vec<SkuId>,
    /// The entitlements that it gives.
    pub entitlement_ids: Vec<EntitlementId>,
    /// What it will be for when it is renewed.
    #[model(nullable)]
    pub renewal_sku_ids: Option<Vec<SkuId>>,
    /// When the current period began.
    pub current_period_start: Timestamp,
    /// When the current period ends.
    pub current_period_end: Timestamp,
    /// Whether it goes on.
    pub status: SubscriptionStatus,
    /// When it was canceled.
    #[model(nullable)]
    pub canceled_at: Option<Timestamp>,
    /// The country of the means of payment, as two letters; only for OAuth2 requests by the user.
    #[model(optional, nullable)]
    pub country: Option<Text>,
}

open_enum! {
    /// Whether a subscription goes on.
    ///
    /// See [subscription statuses](https://docs.discord.com/developers/resources/subscription#subscription-statuses).
    pub enum SubscriptionStatus: u32 {
        /// `ACTIVE`: it will be renewed.
        Active = 0,
        /// `INACTIVE`: nothing is charged.
        Inactive = 1,
        /// `ENDING`: it will not be renewed.
        Ending = 2,
    }
}
