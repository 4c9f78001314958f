//! How deep shared types are nested in a document.

use yrs::branch::{Branch, BranchPtr};
use yrs::types::TypeRef;
use yrs::{Array, ArrayRef, Map, MapRef, Out, ReadTxn, Text, TextRef};

/// The deepest nesting below the roots, found without recursion.
pub(super) fn depth<T: ReadTxn>(txn: &T) -> usize {
    let mut open: Vec<(usize, Out)> = txn.root_refs().map(|(_, root)| (0, root)).collect();
    let mut deepest = 0;
    while let Some((level, value)) = open.pop() {
        let Some(branch) = value.try_branch() else {
            continue;
        };
        deepest = deepest.max(level);
        let inner = children(txn, branch).into_iter();
        open.extend(inner.filter(|inner| inner.try_branch().is_some()).map(|i| (level + 1, i)));
    }
    deepest
}

/// Whatever stands in a type, in its list and under its keys: a hostile update may use
/// both on any type.
fn children<T: ReadTxn>(txn: &T, branch: &Branch) -> Vec<Out> {
    let listed = match branch.type_ref() {
        TypeRef::Text | TypeRef::XmlText => {
            let text = TextRef::from(BranchPtr::from(branch));
            text.diff(txn, |_| ()).into_iter().map(|piece| piece.insert).collect()
        }
        _ => ArrayRef::from(BranchPtr::from(branch)).iter(txn).collect::<Vec<_>>(),
    };
    let keyed = MapRef::from(BranchPtr::from(branch));
    listed.into_iter().chain(keyed.iter(txn).map(|(_, value)| value)).collect()
}
