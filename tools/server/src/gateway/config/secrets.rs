//! `${NAME}` in the texts of the file: secrets come from the environment, so that the file can be shown to anybody.

/// The text with each `${NAME}` replaced.
///
/// # Errors
/// A message that says what is missing, without any of the values.
pub fn expand(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else {
            return Err("`${` without `}`: expected ${NAME}".to_owned());
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(format!(
                "`${{{name}}}`: a variable's name has letters, digits and underscores"
            ));
        }
        let value = variable(name).filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| format!("the environment variable {name} is not set"))?;
        expanded.push_str(before);
        expanded.push_str(&value);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}
