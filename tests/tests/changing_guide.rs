//! The messages that the guide's page on changes quotes are those that the example is told, word for word.

#[path = "../../examples/evolve.rs"]
#[allow(dead_code, reason = "the example has a main function")]
mod evolve;

const GUIDE: &str = include_str!("../../storage/src/guide/changing.md");

/// The blocks of this kind in the part of the guide with this heading.
fn blocks<'g>(heading: &str, kind: &str) -> Vec<&'g str> {
    let part = GUIDE.split("\n## ").find(|part| part.starts_with(heading)).unwrap();
    let begins = format!("```{kind}\n");
    let blocks = part.split(&*begins).skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

#[test]
fn what_the_guide_quotes_is_what_the_program_is_told() {
    let mut told = Vec::new();
    evolve::play(&mut told).unwrap();
    let told = String::from_utf8(told).unwrap();
    let quotes = blocks("Change by change", "text");
    assert_eq!(quotes.len(), 8);
    for quote in quotes {
        assert!(told.contains(quote), "nobody is told\n{quote}\nbut\n{told}");
    }
}

/// Each of the example's changes has its paragraph, by its name.
#[test]
fn the_guide_goes_through_all_changes() {
    let mut told = Vec::new();
    evolve::play(&mut told).unwrap();
    let told = String::from_utf8(told).unwrap();
    let part = GUIDE.split("\n## ").find(|part| part.starts_with("Change by change")).unwrap();
    let paragraphs: Vec<&str> = part.split("\n**").skip(1).collect();
    let number = |line: &str| line.split(". ").next().is_some_and(|n| n.parse::<u32>().is_ok());
    let changes: Vec<&str> = told
        .lines()
        .filter(|line| number(line))
        .filter_map(|line| line.split_once(". "))
        .map(|(_, name)| name)
        .collect();
    assert_eq!(changes.len(), 10);
    assert_eq!(paragraphs.len(), changes.len());
    for (change, paragraph) in changes.iter().zip(paragraphs) {
        let title = paragraph.split('.').next().unwrap().to_lowercase();
        assert_eq!(title, change.to_lowercase());
    }
}
