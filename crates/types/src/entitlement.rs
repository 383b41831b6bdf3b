//! Entitlements: what users and guilds have bought of an application.
//!
//! See [entitlements](https://docs.discord.com/developers/resources/entitlement).

use polycord_types_derive::Model;

use crate::{
    Timestamp,
    id::{ApplicationId, EntitlementId, GenericId, GuildId, SkuId, UserId},
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

/// An entitlement to be made for a test, as if it had been bought.
///
/// See [the documentation](https://docs.discord.com/developers/resources/entitlement#create-test-entitlement-json-params).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct CreateTestEntitlement {
    /// What is bought.
    #[model(key)]
    pub sku_id: SkuId,
    /// The guild or the user who has it then.
    #[model(key)]
    pub owner_id: GenericId,
    /// Whether that is a guild or a user.
    pub owner_type: TestEntitlementOwnerType,
}

impl CreateTestEntitlement {
    /// A guild's.
    pub fn guild(sku: SkuId, guild: GuildId) -> Self {
        Self {
            sku_id: sku,
            owner_id: GenericId::new(guild.get()),
            owner_type: TestEntitlementOwnerType::GuildSubscription,
        }
    }

    /// A user's.
    pub fn user(sku: SkuId, user: UserId) -> Self {
        Self {
            sku_id: sku,
            owner_id: GenericId::new(user.get()),
            owner_type: TestEntitlementOwnerType::UserSubscription,
        }
    }
}

open_enum! {
    /// Who has an entitlement that was made for a test.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/entitlement#create-test-entitlement-json-params).
    pub enum TestEntitlementOwnerType: u32 {
        /// A guild.
        GuildSubscription = 1,
        /// A user.
        UserSubscription = 2,
    }
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
