//! People propose an hour, or say that they cannot come to one.

use afterword_domain::policy::Operation;
use afterword_storage::{HourWish, WishKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

const LONGEST_NOTE: usize = 300;
const MOST: usize = 40;
/// Hours begin on quarters of an hour.
const QUARTER: i64 = 15 * 60;

/// What somebody wishes of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = HourWishKind)]
pub enum WishName {
    /// That it is chosen.
    Propose,
    /// That it is not: they cannot come.
    Refuse,
}

/// What somebody says of an hour.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HourWishToSay)]
pub struct HourWishToSay {
    /// What they wish.
    pub wish: WishName,
    /// Why, in their words.
    #[serde(default)]
    pub note: String,
}

/// What somebody said of an hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = HourWish)]
pub struct HourWishView {
    /// Id of the person.
    pub person: String,
    /// When it would begin.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// What they wish.
    pub wish: WishName,
    /// Why, in their words; may be empty.
    pub note: String,
}

impl From<HourWish> for HourWishView {
    fn from(it: HourWish) -> Self {
        let wish = match it.wish {
            WishKind::Propose => WishName::Propose,
            WishKind::Refuse => WishName::Refuse,
        };
        Self { person: it.person_id, starts_at: it.starts_at, wish, note: it.note }
    }
}

impl App {
    /// Says of an hour what the caller wishes, instead of what they said of it before.
    pub async fn say_hour_wish(
        &self,
        caller: &Caller,
        id: &str,
        starts_at: Timestamp,
        said: HourWishToSay,
    ) -> Result<HourWishView, AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        let note = said.note.trim();
        if note.chars().count() > LONGEST_NOTE {
            return Err(AppError::invalid(
                "note",
                format!("use at most {LONGEST_NOTE} characters"),
            ));
        }
        let now = self.clock.now();
        let is_quarter = starts_at.as_second() % QUARTER == 0 && starts_at.subsec_nanosecond() == 0;
        if !is_quarter || starts_at < now {
            let words = "name an hour to come that begins on a quarter: 09:00, 09:15, 09:30, 09:45";
            return Err(AppError::invalid("starts_at", words));
        }
        let all = self.storage.hour_wishes(id).await?;
        let own = all.iter().filter(|it| it.person_id == caller.person.id);
        if own.filter(|it| it.starts_at != starts_at).count() >= MOST {
            let words = format!("at most {MOST} hours can be named by one person: take one back");
            return Err(AppError::Conflict(words));
        }
        let wish = match said.wish {
            WishName::Propose => WishKind::Propose,
            WishName::Refuse => WishKind::Refuse,
        };
        let person_id = caller.person.id.clone();
        let wish = HourWish { person_id, starts_at, wish, note: note.to_owned() };
        self.storage.save_hour_wish(id, &wish, now).await?;
        Ok(wish.into())
    }

    /// Takes back what the caller said of an hour.
    pub async fn take_back_hour_wish(
        &self,
        caller: &Caller,
        id: &str,
        starts_at: Timestamp,
    ) -> Result<(), AppError> {
        self.permitted(caller, id, Operation::WriteRecord).await?;
        let removed = self.storage.remove_hour_wish(id, &caller.person.id, starts_at).await?;
        if removed { Ok(()) } else { Err(AppError::NotFound("wish")) }
    }
}
