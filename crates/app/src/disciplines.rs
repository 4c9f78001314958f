//! The organisation's list of disciplines.

use afterword_domain::people::Discipline;
use afterword_domain::policy::Operation;
use afterword_storage::DisciplineLabel;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

const MOST: usize = 30;
const LONGEST_LABEL: usize = 60;

impl App {
    /// The list, in its order.
    pub async fn disciplines(&self) -> Result<Vec<DisciplineLabel>, AppError> {
        let list = self.storage.disciplines().await?;
        if !list.is_empty() {
            return Ok(list);
        }
        let default = |(slug, label): (&str, &str)| {
            let slug: Discipline = slug.parse().ok()?;
            Some(DisciplineLabel { slug, label: label.to_owned() })
        };
        Ok(Discipline::DEFAULTS.into_iter().filter_map(default).collect())
    }

    /// Replaces the list. Lanes that are no longer in it keep their slug in old records.
    pub async fn set_disciplines(
        &self,
        caller: &Caller,
        list: Vec<DisciplineLabel>,
    ) -> Result<(), AppError> {
        caller.permit(Operation::ManageOrganisation)?;
        if list.is_empty() || list.len() > MOST {
            return Err(AppError::invalid("disciplines", format!("name 1 to {MOST} disciplines")));
        }
        for (position, discipline) in list.iter().enumerate() {
            let twice = list.iter().take(position).any(|other| other.slug == discipline.slug);
            let length = discipline.label.trim().chars().count();
            if twice || !(1..=LONGEST_LABEL).contains(&length) {
                return Err(AppError::invalid(
                    "disciplines",
                    format!("“{}” stands there twice or has no label", discipline.slug),
                ));
            }
        }
        Ok(self.storage.set_disciplines(&list).await?)
    }
}
