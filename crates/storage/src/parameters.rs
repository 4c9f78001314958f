//! Lists in statements.

use crate::database::Engine;

/// Parameters for a list of so many, the first with that number: `$4, $5, …`.
pub(crate) fn parameters(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// The texts of a list, as the column `value`: one parameter, which [`list`] writes. So a statement
/// is the same for any number of them, and stays prepared.
pub(crate) fn each_of(engine: Engine, number: usize) -> String {
    match engine {
        Engine::Sqlite => format!("json_each(${number})"),
        Engine::Postgres => {
            format!("jsonb_array_elements_text(CAST(${number} AS JSONB)) AS element (value)")
        }
    }
}

/// A condition that a column has one of the texts of such a list.
pub(crate) fn one_of(engine: Engine, column: &str, number: usize) -> String {
    let texts = format!("(SELECT value FROM {})", each_of(engine, number));
    match engine {
        Engine::Sqlite => format!("{column} IN {texts}"),
        // As an array it is looked up in an index; as a query it would be joined.
        Engine::Postgres => format!("{column} = ANY (ARRAY{texts})"),
    }
}

/// A list of texts as one parameter.
pub(crate) fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts).to_string()
}
