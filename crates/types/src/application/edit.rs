use std::collections::BTreeMap;

use polycord_types_derive::Model;

use super::{
    ApplicationFlags, EventWebhooksStatus, InstallConfig, InstallParams, InstallationType,
};
use crate::{Text, data_uri::DataUri, webhook_event::WebhookEventType};

/// What is to change in the current application. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#edit-current-application-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct EditApplication {
    /// Its own address for installing it.
    pub custom_install_url: Option<Text>,
    /// What the application does.
    pub description: Option<Text>,
    /// Where users link their accounts for roles.
    pub role_connections_verification_url: Option<Text>,
    /// How it is installed by default.
    pub install_params: Option<InstallParams>,
    /// How it is installed, per kind of installation.
    pub integration_types_config: Option<BTreeMap<InstallationType, InstallConfig>>,
    /// Properties of the application, of which only the limited intents can be changed:
    /// `GATEWAY_PRESENCE_LIMITED`, `GATEWAY_GUILD_MEMBERS_LIMITED` and `GATEWAY_MESSAGE_CONTENT_LIMITED`.
    pub flags: Option<ApplicationFlags>,
    /// The icon.
    pub icon: Option<Option<DataUri>>,
    /// The cover image.
    pub cover_image: Option<Option<DataUri>>,
    /// Where interactions are sent over HTTP. Discord sends a ping there at once, which has to be answered.
    pub interactions_endpoint_url: Option<Text>,
    /// Words that describe it, at most five of 20 characters.
    pub tags: Option<Vec<Text>>,
    /// Where webhook events are sent.
    pub event_webhooks_url: Option<Text>,
    /// Whether webhook events are sent.
    pub event_webhooks_status: Option<EventWebhooksStatus>,
    /// Which webhook events are sent.
    pub event_webhooks_types: Option<Vec<WebhookEventType>>,
}

impl EditApplication {
    /// Changes that change nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl EditApplication {
        /// Sets its own address for installing it.
        custom_install_url(into Text);
        /// Sets what the application does.
        description(into Text);
        /// Sets where users link their accounts for roles.
        role_connections_verification_url(into Text);
        /// Sets how it is installed by default.
        install_params(InstallParams);
        /// Sets how it is installed, per kind of installation.
        integration_types_config(BTreeMap<InstallationType, InstallConfig>);
        /// Sets the properties, of which only the limited intents can be changed.
        flags(ApplicationFlags);
        /// Sets where interactions are sent over HTTP. Discord sends a ping there at once.
        interactions_endpoint_url(into Text);
        /// Sets the words that describe it, at most five of 20 characters.
        tags(list Text);
        /// Sets where webhook events are sent.
        event_webhooks_url(into Text);
        /// Sets whether webhook events are sent.
        event_webhooks_status(EventWebhooksStatus);
        /// Sets which webhook events are sent.
        event_webhooks_types(list WebhookEventType);
    }
}

patch_setters! {
    impl EditApplication {
        /// Sets the icon.
        icon(into DataUri);
        /// Sets the cover image.
        cover_image(into DataUri);
    }
    clear {
        /// Removes the icon.
        clear_icon(icon);
        /// Removes the cover image.
        clear_cover_image(cover_image);
    }
}
