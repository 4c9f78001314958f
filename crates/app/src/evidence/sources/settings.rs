//! What an administrator sets about what is asked of a source.

use afterword_integrations::evidence::Setting;
use afterword_integrations::vendor;
use serde_json::{Map, Value};

use crate::error::AppError;

/// Checks settings as the vendor describes them; what is missing only where it is asked.
pub(super) fn check_settings(
    vendor_slug: &str,
    settings: &Value,
    is_asked: bool,
) -> Result<(), AppError> {
    match vendor(vendor_slug).and_then(|vendor| vendor.pull()) {
        Some(pull) => check_against(pull.settings(), settings, is_asked),
        None => object(settings).map(drop),
    }
}

fn object(settings: &Value) -> Result<&Map<String, Value>, AppError> {
    let detail = "give an object, as the vendor's page in the docs says";
    settings.as_object().ok_or_else(|| AppError::invalid("settings", detail))
}

/// Checks settings against those that are known.
pub(crate) fn check_against(
    known: &[Setting],
    settings: &Value,
    is_asked: bool,
) -> Result<(), AppError> {
    let settings = object(settings)?;
    if let Some(odd) = settings.keys().find(|key| known.iter().all(|it| it.key() != *key)) {
        let keys: Vec<_> = known.iter().map(Setting::key).collect();
        let detail = format!("there is no setting “{odd}”; there are: {}", keys.join(", "));
        return Err(AppError::invalid("settings", detail));
    }
    known.iter().try_for_each(|setting| check(setting, settings, is_asked))
}

fn check(setting: &Setting, settings: &Map<String, Value>, is_asked: bool) -> Result<(), AppError> {
    let refused = |detail: String| AppError::invalid(setting.field, detail);
    let one = |value: &Value| match value.as_str() {
        Some(text) => (setting.check)(text).map_err(|error| refused(error.to_string())),
        None => Err(refused("write it as text".to_owned())),
    };
    match settings.get(setting.key()) {
        None | Some(Value::Null) if setting.required && is_asked => {
            Err(refused("it is not asked without this".to_owned()))
        }
        None | Some(Value::Null) => Ok(()),
        Some(Value::Array(all)) if setting.many => {
            if all.is_empty() && setting.required && is_asked {
                return Err(refused("write at least one".to_owned()));
            }
            all.iter().try_for_each(one)
        }
        Some(_) if setting.many => Err(refused("give a list of texts".to_owned())),
        Some(value) => one(value),
    }
}

#[cfg(test)]
mod tests {
    use afterword_integrations::evidence::Pull;
    use serde_json::json;

    use super::*;

    fn field(vendor: &str, settings: &Value, is_asked: bool) -> Option<&'static str> {
        match check_settings(vendor, settings, is_asked) {
            Ok(()) => None,
            Err(AppError::Invalid { field, .. }) => Some(field),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn each_setting_is_checked_and_named() {
        for (settings, is_asked, expected) in [
            (json!({"repositories": ["acme/checkout"]}), true, None),
            (json!({}), false, None),
            (json!({}), true, Some("settings.repositories")),
            (json!({"repositories": []}), true, Some("settings.repositories")),
            (json!({"repositories": "acme/checkout"}), true, Some("settings.repositories")),
            (json!({"repositories": ["acme"]}), true, Some("settings.repositories")),
            (json!({"repositories": [7]}), false, Some("settings.repositories")),
            (
                json!({"repositories": ["a/b"], "base_url": "ftp://x"}),
                true,
                Some("settings.base_url"),
            ),
            (json!({"repository": "acme/checkout"}), false, Some("settings")),
            (json!([]), false, Some("settings")),
        ] {
            assert_eq!(field("github", &settings, is_asked), expected, "{settings}");
        }
    }

    #[test]
    fn a_vendor_that_is_not_asked_has_no_settings_to_check() {
        assert_eq!(field("sentry", &json!({"anything": 1}), false), None);
    }

    #[test]
    fn every_setting_has_a_field_of_its_own() {
        for vendor in afterword_integrations::VENDORS {
            for setting in vendor.pull().map(Pull::settings).unwrap_or_default() {
                assert_ne!(setting.key(), setting.field, "{}", vendor.name());
            }
        }
    }
}
