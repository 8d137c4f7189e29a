//! Draws the map on the GPU into a texture of its own, which egui then shows like any image.

use std::ops::Range;

use eframe::egui::TextureId;
use egui_wgpu::{RenderState, wgpu};

use super::gpu_land::GpuLand;
use super::instances::{
    DOT_WORDS, TIE_WORDS, dot_looks, dots_by_light, sample, tie_ends, tie_looks,
};
use super::places::Places;
use super::shot::Shot;
use crate::people::PersonId;
use crate::render::{Bends, Camera, Crowd, Dot, DotInk, Light, Rgb, Theme, TieInk, palette};

/// Samples of radius and ink over the radii of the scene, which the shader interpolates between: the rules stay in `render`.
const SAMPLES: usize = 32;
/// Floats of the uniform before the samples.
const HEAD: usize = 20;
const UNIFORM_FLOATS: usize = HEAD + 4 * SAMPLES;

/// Pipelines, buffers and the texture. Lives as long as the window.
pub(super) struct Gpu {
    state: RenderState,
    format: wgpu::TextureFormat,
    uniform: wgpu::Buffer,
    bind_group: wgpu::BindGroup,
    ties: wgpu::RenderPipeline,
    dots: wgpu::RenderPipeline,
    land: GpuLand,
    buffers: Buffers,
    target: Option<Target>,
    /// What the target shows.
    drawn: Option<Shot>,
}

struct Target {
    size: [u32; 2],
    view: wgpu::TextureView,
    id: TextureId,
}

/// Vertex buffers and what is in them. They grow with the map, and go with it.
#[derive(Default)]
struct Buffers {
    dot_at: Option<wgpu::Buffer>,
    dot_look: Option<wgpu::Buffer>,
    tie_ends: Option<wgpu::Buffer>,
    tie_look: Option<wgpu::Buffer>,
    /// Scene and theme of the looks, and how dense its ties are.
    looks_of: Option<(u64, Theme)>,
    tie_ink: TieInk,
    /// Straight parts of each tie.
    parts: usize,
    /// Scene and positions of the places.
    revision: u64,
    /// The ties whose ends are up to date.
    ends: [Range<usize>; 3],
}

impl Gpu {
    /// Makes the pipelines. `None` where the device lacks what they need.
    pub(super) fn new(state: &RenderState) -> Option<Self> {
        let device = &state.device;
        let limits = device.limits();
        if limits.max_vertex_buffers < 2 || limits.max_uniform_buffer_binding_size < 1024 {
            return None;
        }
        let format = target_format(&state.adapter);
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("map"),
            source: wgpu::ShaderSource::Wgsl(include_str!("map.wgsl").into()),
        });
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("map view"),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: false,
                    min_binding_size: None,
                },
                count: None,
            }],
        });
        let uniform = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("map view"),
            size: (UNIFORM_FLOATS * 4) as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("map view"),
            layout: &layout,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: uniform.as_entire_binding(),
            }],
        });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("map"),
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        let make = Maker {
            device,
            module: &module,
            layout: &pipeline_layout,
            format,
        };
        Some(Self {
            land: GpuLand::new(device, &module, &layout, format),
            ties: make.pipeline("tie", wgpu::VertexFormat::Float32x4, TIE_WORDS as u32 - 2),
            dots: make.pipeline("dot", wgpu::VertexFormat::Float32x2, DOT_WORDS as u32 - 2),
            state: state.clone(),
            format,
            uniform,
            bind_group,
            buffers: Buffers::default(),
            target: None,
            drawn: None,
        })
    }

    /// Forgets the map that was drawn; the memory of its buffers is free again.
    pub(super) fn forget(&mut self) {
        self.buffers = Buffers::default();
        self.land.forget();
        self.drawn = None;
    }

    /// The largest picture the device can draw, in pixels a side.
    pub(super) fn largest_side(&self) -> u32 {
        self.state.device.limits().max_texture_dimension_2d
    }

    /// The texture that shows `shot`; drawn only when it does not already. Returns it with whether it was drawn.
    pub(super) fn picture(&mut self, places: &Places, shot: Shot) -> (TextureId, bool) {
        let id = self.target_of(shot.size);
        if self.drawn == Some(shot) {
            return (id, false);
        }
        let mut ties = self.fill(places, &shot);
        let whole = sample(&places.scene.ties, usize::MAX);
        for ((drawn, whole), light) in ties.iter_mut().zip(&whole).zip(Light::ALL) {
            let enough = self.buffers.tie_ink.enough(light, shot.camera.zoom);
            let most = (whole.len() as f32 * enough).ceil() as usize;
            drawn.end = drawn.end.min(drawn.start + most);
        }
        let mut opacity = [0.0; 3];
        for (i, light) in Light::ALL.into_iter().enumerate() {
            let share = ties[i].len() as f32 / whole[i].len().max(1) as f32;
            opacity[i] = self.buffers.tie_ink.opacity(light, shot.camera.zoom, share);
        }
        let crowd = Crowd::of(&places.scene.dots, places.bounds, shot.camera);
        let floats = uniform_of(places.radii, &shot, opacity, crowd);
        self.state
            .queue
            .write_buffer(&self.uniform, 0, bytemuck::cast_slice(&floats));
        let dots = dots_by_light(&places.scene.dots);
        self.draw(&ties, &dots, palette(shot.theme).ground);
        self.drawn = Some(shot);
        (id, true)
    }

    /// The texture of this size, made anew where the size has changed.
    fn target_of(&mut self, size: [u32; 2]) -> TextureId {
        if let Some(target) = &self.target
            && target.size == size
        {
            return target.id;
        }
        let device = &self.state.device;
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("map"),
            size: wgpu::Extent3d {
                width: size[0],
                height: size[1],
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let mut renderer = self.state.renderer.write();
        let filter = wgpu::FilterMode::Linear;
        let id = if let Some(old) = &self.target {
            renderer.update_egui_texture_from_wgpu_texture(device, &view, filter, old.id);
            old.id
        } else {
            renderer.register_native_texture(device, &view, filter)
        };
        self.target = Some(Target { size, view, id });
        self.drawn = None;
        id
    }

    /// Brings the buffers up to date and returns which ties to draw.
    fn fill(&mut self, places: &Places, shot: &Shot) -> [Range<usize>; 3] {
        let (device, queue) = (&self.state.device, &self.state.queue);
        let (buffers, scene) = (&mut self.buffers, &places.scene);
        let looks_of = (places.scene_revision, shot.theme);
        if buffers.looks_of != Some(looks_of) {
            let looks = dot_looks(&scene.dots, shot.theme);
            store(
                device,
                queue,
                &mut buffers.dot_look,
                0,
                bytemuck::cast_slice(&looks),
            );
            let looks = tie_looks(scene);
            store(
                device,
                queue,
                &mut buffers.tie_look,
                0,
                bytemuck::cast_slice(&looks),
            );
            buffers.parts = Bends::of(scene).parts();
            let bytes = (scene.ties.len() * buffers.parts * 16) as u64;
            reserve(device, &mut buffers.tie_ends, bytes);
            buffers.tie_ink = TieInk::of(scene);
            buffers.looks_of = Some(looks_of);
        }
        let wanted = sample(&scene.ties, shot.ties);
        if buffers.revision != places.revision {
            store(
                device,
                queue,
                &mut buffers.dot_at,
                0,
                bytemuck::cast_slice(&places.at),
            );
            self.land.fill(device, queue, &places.land);
            buffers.ends = Default::default();
            buffers.revision = places.revision;
        }
        for (held, range) in buffers.ends.iter_mut().zip(&wanted) {
            // Both begin at the same tie, unless nothing is held yet.
            let from = if held.start == held.end {
                range.start
            } else {
                held.end
            };
            if range.end > from {
                let ends = tie_ends(scene, &places.at, from..range.end);
                let offset = (from * buffers.parts * 16) as u64;
                store(
                    device,
                    queue,
                    &mut buffers.tie_ends,
                    offset,
                    bytemuck::cast_slice(&ends),
                );
                *held = range.clone();
            }
        }
        wanted
    }

    /// Light by light, ties under dots.
    fn draw(&self, ties: &[Range<usize>; 3], dots: &[Range<usize>; 3], ground: Rgb) {
        let Some(target) = &self.target else { return };
        let mut encoder = self
            .state
            .device
            .create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("map") });
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("map"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &target.view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(clear(ground)),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                depth_stencil_attachment: None,
                timestamp_writes: None,
                occlusion_query_set: None,
                multiview_mask: None,
            });
            pass.set_bind_group(0, &self.bind_group, &[]);
            self.land.draw(&mut pass);
            let held = &self.buffers;
            let tie_buffers = (held.tie_ends.as_ref(), held.tie_look.as_ref());
            let dot_buffers = (held.dot_at.as_ref(), held.dot_look.as_ref());
            for (ties, dots) in ties.iter().zip(dots) {
                let parts = ties.start * held.parts..ties.end * held.parts;
                instances(&mut pass, &self.ties, tie_buffers, &parts);
                instances(&mut pass, &self.dots, dot_buffers, dots);
            }
        }
        self.state.queue.submit([encoder.finish()]);
    }
}

/// Draws the quads of `range`.
fn instances(
    pass: &mut wgpu::RenderPass<'_>,
    pipeline: &wgpu::RenderPipeline,
    (places, looks): (Option<&wgpu::Buffer>, Option<&wgpu::Buffer>),
    range: &Range<usize>,
) {
    if let (Some(places), Some(looks)) = (places, looks)
        && !range.is_empty()
    {
        pass.set_pipeline(pipeline);
        pass.set_vertex_buffer(0, places.slice(..));
        pass.set_vertex_buffer(1, looks.slice(..));
        pass.draw(0..4, range.start as u32..range.end as u32);
    }
}

impl Drop for Gpu {
    fn drop(&mut self) {
        if let Some(target) = &self.target {
            self.state.renderer.write().free_texture(&target.id);
        }
    }
}

/// What both pipelines share.
struct Maker<'a> {
    device: &'a wgpu::Device,
    module: &'a wgpu::ShaderModule,
    layout: &'a wgpu::PipelineLayout,
    format: wgpu::TextureFormat,
}

impl Maker<'_> {
    /// The pipeline of `WHAT_vertex` and `WHAT_fragment`: places in the first buffer; in the second a length, `colours` colours
    /// and a word.
    fn pipeline(
        &self,
        what: &str,
        place: wgpu::VertexFormat,
        colours: u32,
    ) -> wgpu::RenderPipeline {
        let attribute = |shader_location, offset, format| wgpu::VertexAttribute {
            format,
            offset,
            shader_location,
        };
        let mut look = vec![attribute(1, 0, wgpu::VertexFormat::Float32)];
        for i in 0..colours {
            let offset = u64::from(4 + 4 * i);
            look.push(attribute(2 + i, offset, wgpu::VertexFormat::Unorm8x4));
        }
        let offset = u64::from(4 + 4 * colours);
        look.push(attribute(2 + colours, offset, wgpu::VertexFormat::Uint32));
        let blend = wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING;
        self.device
            .create_render_pipeline(&wgpu::RenderPipelineDescriptor {
                label: Some(what),
                layout: Some(self.layout),
                vertex: wgpu::VertexState {
                    module: self.module,
                    entry_point: Some(&format!("{what}_vertex")),
                    compilation_options: wgpu::PipelineCompilationOptions::default(),
                    buffers: &[
                        Some(wgpu::VertexBufferLayout {
                            array_stride: place.size(),
                            step_mode: wgpu::VertexStepMode::Instance,
                            attributes: &[attribute(0, 0, place)],
                        }),
                        Some(wgpu::VertexBufferLayout {
                            array_stride: offset + 4,
                            step_mode: wgpu::VertexStepMode::Instance,
                            attributes: &look,
                        }),
                    ],
                },
                primitive: wgpu::PrimitiveState {
                    topology: wgpu::PrimitiveTopology::TriangleStrip,
                    ..Default::default()
                },
                depth_stencil: None,
                multisample: wgpu::MultisampleState::default(),
                fragment: Some(wgpu::FragmentState {
                    module: self.module,
                    entry_point: Some(&format!("{what}_fragment")),
                    compilation_options: wgpu::PipelineCompilationOptions::default(),
                    targets: &[Some(wgpu::ColorTargetState {
                        format: self.format,
                        blend: Some(blend),
                        write_mask: wgpu::ColorWrites::ALL,
                    })],
                }),
                multiview_mask: None,
                cache: None,
            })
    }
}

/// Half floats where the device can blend them: many faint ties add up without being rounded away one by one.
fn target_format(adapter: &wgpu::Adapter) -> wgpu::TextureFormat {
    let format = wgpu::TextureFormat::Rgba16Float;
    let able = adapter.get_texture_format_features(format);
    let uses = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
    let flags =
        wgpu::TextureFormatFeatureFlags::FILTERABLE | wgpu::TextureFormatFeatureFlags::BLENDABLE;
    if able.allowed_usages.contains(uses) && able.flags.contains(flags) {
        format
    } else {
        wgpu::TextureFormat::Rgba8Unorm
    }
}

/// Makes sure that `buffer` holds `bytes` bytes; its content is lost where it has to grow.
fn reserve(device: &wgpu::Device, buffer: &mut Option<wgpu::Buffer>, bytes: u64) {
    if buffer.as_ref().is_none_or(|held| held.size() < bytes) {
        *buffer = Some(device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("map vertices"),
            size: bytes.max(1024).next_multiple_of(4),
            usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        }));
    }
}

fn store(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    buffer: &mut Option<wgpu::Buffer>,
    offset: u64,
    bytes: &[u8],
) {
    reserve(device, buffer, offset + bytes.len() as u64);
    if let Some(buffer) = buffer
        && !bytes.is_empty()
    {
        queue.write_buffer(buffer, offset, bytes);
    }
}

/// The shader's `View`, in its order.
fn uniform_of(
    (low, high): (f32, f32),
    shot: &Shot,
    tie_opacity: [f32; 3],
    crowd: Crowd,
) -> [f32; UNIFORM_FLOATS] {
    let step = ((high - low) / (SAMPLES - 1) as f32).max(1e-6);
    let [w, h] = shot.size_pt();
    let Camera { centre, zoom } = shot.camera;
    let colours = palette(shot.theme);
    let [x, y] = centre;
    let scale = shot.pixels_per_point;
    let mut out = [0.0; UNIFORM_FLOATS];
    out[..8].copy_from_slice(&[x, y, w, h, zoom, scale, low, 1.0 / step]);
    out[8..12].copy_from_slice(&vector(colours.ring));
    out[12..15].copy_from_slice(&tie_opacity);
    out[15] = crowd.growth;
    let any = ink(shot, low, false);
    out[16..20].copy_from_slice(&[any.halo, DotInk::RING_GAP_PT, DotInk::RING_PT, crowd.share]);
    for (i, sample) in out[HEAD..].chunks_exact_mut(4).enumerate() {
        let radius = shot.camera.radius_px(low + step * i as f32);
        let (full, hollow) = (ink(shot, radius, false), ink(shot, radius, true));
        sample.copy_from_slice(&[radius, full.rim_pt, hollow.rim_pt, full.halo_pt]);
    }
    out
}

/// The lengths with which a dot of this radius is drawn; its colours mean nothing.
fn ink(shot: &Shot, radius_pt: f32, hollow: bool) -> DotInk {
    let dot = Dot {
        person: PersonId(0),
        at: [0.0; 2],
        radius: radius_pt,
        colour: Rgb(0, 0, 0),
        hollow,
        ringed: true,
        light: Light::Lit,
    };
    DotInk::of(&dot, palette(shot.theme), radius_pt)
}

fn vector(colour: Rgb) -> [f32; 4] {
    let part = |c: u8| f32::from(c) / 255.0;
    [part(colour.0), part(colour.1), part(colour.2), 1.0]
}

fn clear(ground: Rgb) -> wgpu::Color {
    let part = |c: u8| f64::from(c) / 255.0;
    wgpu::Color {
        r: part(ground.0),
        g: part(ground.1),
        b: part(ground.2),
        a: 1.0,
    }
}
