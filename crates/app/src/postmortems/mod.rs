//! Post-mortems without their records.

mod change;
mod list;
mod open;
mod read;

pub use change::{IncidentPatch, PostmortemPatch};
pub use open::PostmortemToOpen;
pub use read::PostmortemView;

use afterword_domain::incident::IncidentTimes;
use afterword_domain::postmortem::{LONGEST_LABEL, LONGEST_TITLE, MOST_SERVICES};

use crate::error::AppError;

fn check_title(title: &str) -> Result<String, AppError> {
    let title = title.trim();
    match title.chars().count() {
        1..=LONGEST_TITLE => Ok(title.to_owned()),
        _ => Err(AppError::invalid("title", "write a title of 1 to 300 characters")),
    }
}

fn check_incident(incident: &IncidentTimes) -> Result<(), AppError> {
    incident.check().map_err(|error| AppError::invalid("incident", error.to_string()))
}

/// A short label without white space around it; an empty one is none.
fn check_label(field: &'static str, label: &str) -> Result<Option<String>, AppError> {
    let label = label.trim();
    match label.chars().count() {
        0 => Ok(None),
        1..=LONGEST_LABEL => Ok(Some(label.to_owned())),
        _ => Err(AppError::invalid(field, format!("use at most {LONGEST_LABEL} characters"))),
    }
}

fn check_services(services: &[String]) -> Result<Vec<String>, AppError> {
    if services.len() > MOST_SERVICES {
        return Err(AppError::invalid("services", format!("name at most {MOST_SERVICES}")));
    }
    let mut checked = Vec::with_capacity(services.len());
    for service in services {
        if let Some(service) = check_label("services", service)?
            && !checked.contains(&service)
        {
            checked.push(service);
        }
    }
    Ok(checked)
}
