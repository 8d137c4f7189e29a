//! The land under the map on the GPU: a small texture of cells, between which the shader takes what is in the middle.

use egui_wgpu::wgpu;

use crate::render::Land;

/// Floats of the uniform: the map point of the first cell, the side of a cell, one unused; columns, rows, two unused.
const FLOATS: usize = 8;

/// The pipeline, and the land that is on the device.
pub(super) struct GpuLand {
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    held: Option<wgpu::BindGroup>,
}

impl GpuLand {
    /// Makes the pipeline; `view` is the layout of what all pipelines of the map share.
    pub(super) fn new(
        device: &wgpu::Device,
        module: &wgpu::ShaderModule,
        view: &wgpu::BindGroupLayout,
        format: wgpu::TextureFormat,
    ) -> Self {
        let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty,
            count: None,
        };
        let uniform = wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: false,
            min_binding_size: None,
        };
        let texture = wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Float { filterable: false },
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        };
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("land"),
            entries: &[entry(0, uniform), entry(1, texture)],
        });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("land"),
            bind_group_layouts: &[Some(view), Some(&layout)],
            immediate_size: 0,
        });
        let pipeline = device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some("land"),
            layout: Some(&pipeline_layout),
            vertex: wgpu::VertexState {
                module,
                entry_point: Some("land_vertex"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                buffers: &[],
            },
            primitive: wgpu::PrimitiveState {
                topology: wgpu::PrimitiveTopology::TriangleStrip,
                ..Default::default()
            },
            depth_stencil: None,
            multisample: wgpu::MultisampleState::default(),
            fragment: Some(wgpu::FragmentState {
                module,
                entry_point: Some("land_fragment"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                targets: &[Some(wgpu::ColorTargetState {
                    format,
                    blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                    write_mask: wgpu::ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        });
        Self {
            pipeline,
            layout,
            held: None,
        }
    }

    /// Forgets the land that was drawn.
    pub(super) fn forget(&mut self) {
        self.held = None;
    }

    /// Puts `land` on the device.
    pub(super) fn fill(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, land: &Land) {
        self.held = None;
        let [columns, rows] = land.size;
        let most = device.limits().max_texture_dimension_2d;
        if land.is_empty() || columns.max(rows) > most {
            return;
        }
        let size = wgpu::Extent3d {
            width: columns,
            height: rows,
            depth_or_array_layers: 1,
        };
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("land"),
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let rows = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(columns * 4),
            rows_per_image: None,
        };
        queue.write_texture(
            texture.as_image_copy(),
            bytemuck::cast_slice(&land.rgba),
            rows,
            size,
        );
        let mut place = [0.0f32; FLOATS];
        place[..3].copy_from_slice(&[land.low[0], land.low[1], land.cell]);
        place[4..6].copy_from_slice(&land.size.map(|s| s as f32));
        let uniform = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("land"),
            size: (FLOATS * 4) as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        queue.write_buffer(&uniform, 0, bytemuck::cast_slice(&place));
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        self.held = Some(device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("land"),
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: uniform.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(&view),
                },
            ],
        }));
    }

    /// Draws it; the view is bound already.
    pub(super) fn draw(&self, pass: &mut wgpu::RenderPass<'_>) {
        if let Some(land) = &self.held {
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(1, land, &[]);
            pass.draw(0..4, 0..1);
        }
    }
}
