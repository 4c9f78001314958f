//! Telling people of what was published: of which, and when.

mod topic;
mod weekly;

pub use topic::{Facts, MOST_TOPICS, Topic, TopicKind, TopicRefused, concerns};
pub use weekly::{next_weekly, reading_minutes, week_a_year_ago};
