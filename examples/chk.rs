fn main() {
    let p: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let t = std::time::Instant::now();
    let r = greenroom::check::pack(&p, &[]);
    eprintln!("{:?}", t.elapsed());
    print!("{}", r.to_text());
}
