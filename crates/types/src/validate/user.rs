//! Users, applications, and the roles that linked accounts give.

use super::{Check, Validate, limits};
use crate::{
    application::EditApplication,
    role_connection::RoleConnectionMetadata,
    user::{ModifyCurrentUser, UpdateApplicationRoleConnection},
};

impl Validate for ModifyCurrentUser {
    fn check(&self, check: &mut Check) {
        check.chars("username", self.username.as_ref(), limits::USERNAME);
    }
}

impl Validate for EditApplication {
    fn check(&self, check: &mut Check) {
        let tags = self.tags.as_deref().unwrap_or_default();
        check.count("tags", tags.len(), limits::APPLICATION_TAGS);
        check.each("tags", tags, |check, tag| {
            check.chars("", tag, limits::APPLICATION_TAG);
        });
    }
}

impl Validate for RoleConnectionMetadata {
    fn check(&self, check: &mut Check) {
        check.chars("key", &self.key, limits::ROLE_CONNECTION_KEY);
        let plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_');
        if !self.key.chars().all(plain) {
            check.malformed("key", "a key has a to z, 0 to 9, and _ only");
        }
        check.chars("name", &self.name, limits::ROLE_CONNECTION_NAME);
        check.each_value(
            "name_localizations",
            self.name_localizations.as_ref(),
            |check, text| {
                check.chars("", text, limits::ROLE_CONNECTION_NAME);
            },
        );
        check.chars(
            "description",
            &self.description,
            limits::ROLE_CONNECTION_DESCRIPTION,
        );
        let translated = self.description_localizations.as_ref();
        check.each_value("description_localizations", translated, |check, text| {
            check.chars("", text, limits::ROLE_CONNECTION_DESCRIPTION);
        });
    }
}

impl Validate for UpdateApplicationRoleConnection {
    fn check(&self, check: &mut Check) {
        let platform = self.platform_name.as_ref();
        check.chars("platform_name", platform, limits::ROLE_CONNECTION_PLATFORM);
        let username = self.platform_username.as_ref();
        check.chars(
            "platform_username",
            username,
            limits::ROLE_CONNECTION_USERNAME,
        );
        check.each_value("metadata", self.metadata.as_ref(), |check, value| {
            check.chars("", value, limits::ROLE_CONNECTION_VALUE);
        });
    }
}
