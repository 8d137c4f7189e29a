//! What one picture costs the window's thread: a forced repaint with the map at rest, with the pointer moving over it, with an edit of the list,
//! with the time line or the list of posts open, and while the map plays.
//!
//! `cargo bench --bench frame` (arguments after `--`: people, then frames, and `gpu` or `cpu` for who draws the map). CPU time
//! of the thread, not wall time; medians. The GPU's way can be measured with whatever wgpu finds (a software driver does: only
//! the thread's own work is counted). Counted are the program's own work (`logic` and `ui`) and egui's
//! (`tessellate`); handing the buffers to the driver is told apart.

mod conversation;

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use eframe::egui;
use egui_kittest::TestRenderer as _;
use egui_kittest::wgpu::{WgpuTestRenderer, create_render_state, default_wgpu_setup};
use egui_wgpu::RendererOptions;
use isthmus::app::{
    App, Command, Drawer, Order, ReadCommand, Renderer, SelectCommand, Surroundings, TableCommand,
    TimeCommand,
};
use isthmus::explore::Column;
use isthmus::files::DataFolder;
use isthmus::people::PersonId;

const SIZE: egui::Vec2 = egui::vec2(1440.0, 900.0);

fn main() {
    // Cargo adds `--bench`; numbers and the two words are ours.
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse::<usize>().ok());
    let people = numbers.next().unwrap_or(10_000);
    let frames = numbers.next().unwrap_or(200);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("made-up.csv");
    std::fs::write(&file, conversation::table(people, 1)).expect("a writable folder");

    let named = |word: &str| std::env::args().any(|argument| argument == word);
    let renderer = match (named("gpu"), named("cpu")) {
        (true, _) => Renderer::Gpu,
        (_, true) => Renderer::Cpu,
        _ => Renderer::Auto,
    };
    let mut window = Window::new(folder.path(), renderer);
    window.ask(Command::OpenPaths(vec![file]));
    window.until(|app| app.model().import.is_some());
    window.ask(Command::BuildMap);
    window.until(|app| {
        app.model().working.is_none()
            && app
                .model()
                .map
                .as_ref()
                .is_some_and(|map| map.scene.is_some())
    });
    let graph = window
        .app
        .model()
        .map
        .as_ref()
        .expect("a map")
        .results
        .graph
        .clone();
    println!(
        "{} people, {} ties, {frames} frames, {} by {} points",
        graph.n_people(),
        graph.ties.n_ties(),
        SIZE.x,
        SIZE.y
    );

    for _ in 0..20 {
        window.frame(Vec::new());
    }
    let rest: Vec<Cost> = (0..frames).map(|_| window.frame(Vec::new())).collect();
    print("at rest", &rest);
    // Round and round over the islands, so that most frames light somebody else.
    let hover: Vec<Cost> = (0..frames)
        .map(|i| {
            let angle = i as f32 * 0.37;
            let r = 60.0 + (i % 40) as f32 * 7.0;
            let at = egui::pos2(
                SIZE.x * 0.5 + r * libm::cosf(angle),
                SIZE.y * 0.5 + r * libm::sinf(angle),
            );
            window.frame(vec![egui::Event::PointerMoved(at)])
        })
        .collect();
    print("pointer moving", &hover);
    print_edits(&mut window, frames);
    print_pan(&mut window, frames);
    print_table(&mut window, frames);
    print_drawers(&mut window, frames);
    println!("asks for another picture at rest: {}", window.restless());
}

/// CPU time of the window's thread for one picture.
#[derive(Clone, Copy)]
struct Cost {
    ui: Duration,
    tessellate: Duration,
    render: Duration,
}

fn print(what: &str, costs: &[Cost]) {
    let median = |of: fn(&Cost) -> Duration| {
        let mut values: Vec<Duration> = costs.iter().map(of).collect();
        values.sort_unstable();
        values[values.len() / 2].as_secs_f64() * 1e3
    };
    println!(
        "{what:<16} logic and ui {:.2} ms, tessellate {:.2} ms, together {:.2} ms; buffers and driver {:.2} ms",
        median(|c| c.ui),
        median(|c| c.tessellate),
        median(|c| c.ui + c.tessellate),
        median(|c| c.render),
    );
}

/// Puts people on the list, one a picture, and tells what such a picture costs the thread. The disk is somebody else's work.
fn print_edits(window: &mut Window, frames: usize) {
    window.frame(vec![egui::Event::PointerGone]);
    let costs: Vec<Cost> = (0..frames as u32)
        .map(|i| {
            window.app.ask(Command::ToggleOnList(PersonId(i * 7)));
            window.frame(Vec::new())
        })
        .collect();
    print("an edit", &costs);
    let mut ui: Vec<f64> = costs.iter().map(|c| c.ui.as_secs_f64() * 1e3).collect();
    ui.sort_unstable_by(f64::total_cmp);
    println!(
        "an edit          logic and ui, 99th of 100: {:.2} ms",
        ui[ui.len() * 99 / 100]
    );
    window.until(|app| app.model().saved);
}

/// Drags the map to and fro, and tells what that costs the thread, and the wall time from one picture to the next: in that
/// everything counts, the GPU's work and reading the picture back too.
fn print_pan(window: &mut Window, frames: usize) {
    let start = egui::pos2(SIZE.x * 0.5, SIZE.y * 0.12);
    let button = |pressed| egui::Event::PointerButton {
        pos: start,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    window.frame(vec![egui::Event::PointerMoved(start), button(true)]);
    let (costs, mut wall): (Vec<Cost>, Vec<f64>) = (0..frames)
        .map(|i| {
            let at = start + egui::vec2(libm::sinf(i as f32 * 0.1) * 150.0, 0.0);
            let begin = Instant::now();
            let cost = window.frame(vec![egui::Event::PointerMoved(at)]);
            (cost, begin.elapsed().as_secs_f64() * 1e3)
        })
        .unzip();
    print("panning", &costs);
    window.frame(vec![button(false)]);
    wall.sort_unstable_by(f64::total_cmp);
    println!(
        "panning          wall time a picture, read back: median {:.1} ms, 99th of 100 {:.1} ms",
        wall[wall.len() / 2],
        wall[wall.len() * 99 / 100],
    );
}

/// Opens the table of everybody, scrolls through it, puts it in other orders and searches it, the last with everybody selected.
/// Rows are made by a worker: told is the wall time until they are there.
fn print_table(window: &mut Window, frames: usize) {
    fn rows(window: &mut Window, what: &str, asked: TableCommand) {
        let begin = Instant::now();
        window.app.ask(Command::Table(asked));
        window.frame(Vec::new());
        while window.app.model().table.is_behind {
            std::thread::sleep(Duration::from_millis(1));
            window.frame(Vec::new());
        }
        let n = window
            .app
            .model()
            .table
            .rows
            .as_ref()
            .map_or(0, |rows| rows.people.len());
        let ms = begin.elapsed().as_secs_f64() * 1e3;
        println!("{what:<32} {ms:.0} ms until the {n} rows are there");
    }
    let sorted = |column, down| TableCommand::SortBy(Order { column, down });
    let scroll = |window: &mut Window, what: &str| {
        let at = egui::pos2(SIZE.x * 0.4, SIZE.y - 120.0);
        window.frame(vec![egui::Event::PointerMoved(at)]);
        let costs: Vec<Cost> = (0..frames)
            .map(|i| {
                let up = if i % 40 < 30 { -180.0 } else { 180.0 };
                window.frame(vec![egui::Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Point,
                    delta: egui::vec2(0.0, up),
                    phase: egui::TouchPhase::Move,
                    modifiers: egui::Modifiers::NONE,
                }])
            })
            .collect();
        print(what, &costs);
    };
    window.ask(Command::ShowDrawer(Some(Drawer::People)));
    rows(window, "the table opens", sorted(Column::Score, true));
    scroll(window, "table scrolls");
    rows(window, "by reach", sorted(Column::Reach, true));
    rows(window, "by community", sorted(Column::Community, false));
    rows(window, "by name", sorted(Column::Name, false));
    rows(
        window,
        "searched for “7”",
        TableCommand::SetFilter("7".to_owned()),
    );
    rows(
        window,
        "searched for “77”",
        TableCommand::SetFilter("77".to_owned()),
    );
    rows(
        window,
        "everybody again",
        TableCommand::SetFilter(String::new()),
    );
    let begin = Instant::now();
    window.ask(Command::Selection(SelectCommand::All));
    while window.app.model().selected.is_empty() {
        std::thread::sleep(Duration::from_millis(1));
        window.frame(Vec::new());
    }
    let ms = begin.elapsed().as_secs_f64() * 1e3;
    println!("{:<32} {ms:.0} ms", "everybody selected");
    scroll(window, "all are selected");
    window.ask(Command::Select(Vec::new()));
}

/// Opens the time line and lets the map play, then the list of posts, and tells what such pictures cost the thread.
fn print_drawers(window: &mut Window, frames: usize) {
    let map = |app: &App| app.model().map.as_ref().map(|map| map.closer.clone());
    window.ask(Command::ShowDrawer(Some(Drawer::Time)));
    let begin = Instant::now();
    window.until(|app| map(app).is_some_and(|closer| closer.time.is_some()));
    let secs = begin.elapsed().as_secs_f64();
    println!("time line        made in {secs:.2} s, beside the window");
    let costs: Vec<Cost> = (0..frames).map(|_| window.frame(Vec::new())).collect();
    print("time line open", &costs);
    let lit = |app: &App| app.model().lit_people().map_or(0, <[_]>::len);
    let steps = map(window.app()).and_then(|closer| closer.time.as_ref()?.line.clone());
    let steps = steps.map_or(1, |line| line.n_steps());
    let (mut most, mut costs) = (0, Vec::new());
    for step in (0..frames).map(|frame| frame % steps) {
        window.app.ask(Command::Time(TimeCommand::Stand(step)));
        let cost = window.frame(Vec::new());
        if lit(window.app()) > 0 {
            costs.push(cost);
        }
        most = most.max(lit(window.app()));
    }
    if !costs.is_empty() {
        print("playing", &costs);
        println!("playing          at most {most} people lit in a step");
    }
    window.ask(Command::Time(TimeCommand::Stop));
    window.ask(Command::ShowDrawer(Some(Drawer::Posts)));
    let begin = Instant::now();
    window.until(|app| map(app).is_some_and(|closer| closer.read.is_some()));
    let secs = begin.elapsed().as_secs_f64();
    println!("posts            put in order in {secs:.2} s, beside the window");
    let costs: Vec<Cost> = (0..frames).map(|_| window.frame(Vec::new())).collect();
    print("posts open", &costs);
    let begin = Instant::now();
    let words = "salmon tea".to_owned();
    window.ask(Command::Read(ReadCommand::Search(words)));
    window.until(|app| {
        let read = map(app).and_then(|closer| closer.read);
        read.is_some_and(|read| !read.wanted.words.is_empty())
    });
    let secs = begin.elapsed().as_secs_f64();
    println!("posts            two words found in {secs:.2} s, beside the window");
    let costs: Vec<Cost> = (0..frames).map(|_| window.frame(Vec::new())).collect();
    print("words marked", &costs);
    window.ask(Command::ShowDrawer(None));
}

struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    renderer: WgpuTestRenderer,
    start: Instant,
    last: Option<egui::FullOutput>,
}

impl Window {
    fn new(data: &std::path::Path, map_by: Renderer) -> Self {
        let ctx = egui::Context::default();
        let state = create_render_state(default_wgpu_setup(), RendererOptions::default());
        let renderer = WgpuTestRenderer::from_render_state(state.clone());
        let mut cc = eframe::CreationContext::_new_kittest(ctx.clone());
        cc.wgpu_render_state = Some(state.clone());
        let mut frame = eframe::Frame::_new_kittest();
        frame.wgpu_render_state = Some(state);
        let around = Surroundings {
            data_folder: DataFolder::at(data),
            config_folder: DataFolder::at(data.join("config")),
            file_dialogs: false,
        };
        let app = App::drawn_by(&cc, Vec::new(), around, map_by);
        Self {
            ctx,
            app,
            frame,
            renderer,
            start: Instant::now(),
            last: None,
        }
    }

    fn app(&self) -> &App {
        &self.app
    }

    fn ask(&mut self, command: Command) {
        self.app.ask(command);
        self.frame(Vec::new());
    }

    fn until(&mut self, done: impl Fn(&App) -> bool) {
        while !done(&self.app) {
            assert!(
                self.app.model().problems.is_empty(),
                "{:?}",
                self.app.model().problems
            );
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
        self.frame(Vec::new());
    }

    /// One forced picture.
    fn frame(&mut self, events: Vec<egui::Event>) -> Cost {
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, SIZE)),
            time: Some(self.start.elapsed().as_secs_f64()),
            events,
            ..Default::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let begin = ThreadTime::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            let ctx = ui.ctx().clone();
            eframe::App::logic(app, &ctx, frame);
            eframe::App::ui(app, ui, frame);
        });
        let ui = begin.elapsed();
        let begin = ThreadTime::now();
        let shapes = self
            .ctx
            .tessellate(output.shapes.clone(), output.pixels_per_point);
        let tessellate = begin.elapsed();
        std::hint::black_box(&shapes);
        let begin = ThreadTime::now();
        self.renderer.handle_delta(&mut output.textures_delta);
        let render = self
            .renderer
            .render(&self.ctx, &output)
            .map(|_| begin.elapsed())
            .unwrap_or_default();
        self.last = Some(output);
        Cost {
            ui,
            tessellate,
            render,
        }
    }

    /// Whether a window that nobody touches goes on asking for pictures.
    fn restless(&mut self) -> bool {
        for _ in 0..30 {
            self.frame(Vec::new());
        }
        let root = self
            .last
            .as_ref()
            .and_then(|o| o.viewport_output.get(&egui::ViewportId::ROOT));
        root.is_some_and(|v| v.repaint_delay < Duration::from_secs(1))
    }
}
