use super::{Check, Validate, limits};
use crate::message::{AllowedMentions, MentionType};

impl Validate for AllowedMentions {
    fn check(&self, check: &mut Check) {
        let parses = |kind: &MentionType| self.parse.as_ref().is_some_and(|all| all.contains(kind));
        if let Some(roles) = &self.roles {
            check.count("roles", roles.len(), limits::ALLOWED_MENTIONS_ROLES);
            if !roles.is_empty() && parses(&MentionType::RoleMentions) {
                check.not_allowed(
                    "roles",
                    "`parse` has \"roles\" already, which means all of them",
                );
            }
        }
        if let Some(users) = &self.users {
            check.count("users", users.len(), limits::ALLOWED_MENTIONS_USERS);
            if !users.is_empty() && parses(&MentionType::UserMentions) {
                check.not_allowed(
                    "users",
                    "`parse` has \"users\" already, which means all of them",
                );
            }
        }
    }
}
