//! Entitlements: what users and guilds have bought of an application.
//!
//! See [entitlements](https://docs.discord.com/developers/resources/entitlement).

use polycord_types_derive::Model;

use crate::{
    Timestamp,
    id::{ApplicationId, EntitlementId, GuildId, SkuId, UserId},
};

/// The right of a user or a guild to something that an application sells.
///
/// See [entitlement](https://docs.discord.com/developers/resources/entitlement#entitlement-object).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct Entitlement {
    /// The entitlement.
    #[model(key)]
    pub id: EntitlementId,
    /// What was bought.
    #[model(key)]
    pub sku_id: SkuId,
    /// The application.
    #[model(key)]
    pub application_id: ApplicationId,
    /// The user who has it.
    pub user_id: Option<UserId>,
    /// How it came to be.
    #[model(rename = "type")]
    pub kind: EntitlementType,
    /// Whether it was taken back.
    pub deleted: bool,
    /// When it begins; none if it always was.
    #[model(nullable)]
    pub starts_at: Option<Timestamp>,
    /// When it ends; none if never.
    #[model(nullable)]
    pub ends_at: Option<Timestamp>,
    /// The guild that has it.
    #[model(optional, nullable)]
    pub guild_id: Option<GuildId>,
    /// Whether it has been used up, for what can be.
    pub consumed: Option<bool>,
}

open_enum! {
    /// How an entitlement came to be.
    ///
    /// See [entitlement types](https://docs.discord.com/developers/resources/entitlement#entitlement-object-entitlement-types).
    pub enum EntitlementType: u32 {
        /// `PURCHASE`: bought by a user.
        Purchase = 1,
        /// `PREMIUM_SUBSCRIPTION`: part of Discord Nitro.
        PremiumSubscription = 2,
        /// `DEVELOPER_GIFT`: given by the developer.
        DeveloperGift = 3,
        /// `TEST_MODE_PURCHASE`: bought by the developer as a test.
        TestModePurchase = 4,
        /// `FREE_PURCHASE`: taken while it was free.
        FreePurchase = 5,
        /// `USER_GIFT`: given by another user.
        UserGift = 6,
        /// `PREMIUM_PURCHASE`: taken by a Nitro subscriber for free.
        PremiumPurchase = 7,
        /// `APPLICATION_SUBSCRIPTION`: part of a subscription of the application.
        ApplicationSubscription = 8,
    }
}
