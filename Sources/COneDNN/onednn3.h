#pragma once

// The calls that differ, as oneDNN 3 has them.

static inline const_dnnl_memory_desc_t convo_md(convo_layout layout) { return (const_dnnl_memory_desc_t)layout; }

static inline void convo_layout_destroy(convo_layout layout) { dnnl_memory_desc_destroy((dnnl_memory_desc_t)layout); }

static inline dnnl_status_t convo_layout_strided(
    convo_layout *result, int rank, const int64_t *sides, const int64_t *strides) {
  return dnnl_memory_desc_create_with_strides((dnnl_memory_desc_t *)result, rank, sides, dnnl_f32, strides);
}

static inline dnnl_status_t convo_layout_ordered(
    convo_layout *result, int rank, const int64_t *sides, convo_order order) {
  dnnl_format_tag_t tag = order == convo_order_any                   ? dnnl_format_tag_any
                          : order == convo_order_channel_blocks_16 ? dnnl_nChw16c
                                                                     : dnnl_nChw8c;
  return dnnl_memory_desc_create_with_tag((dnnl_memory_desc_t *)result, rank, sides, dnnl_f32, tag);
}

static inline size_t convo_layout_bytes(convo_layout layout) { return dnnl_memory_desc_get_size(convo_md(layout)); }

static inline int convo_layout_equal(convo_layout left, convo_layout right) {
  return dnnl_memory_desc_equal(convo_md(left), convo_md(right));
}

static inline dnnl_status_t convo_memory_create(
    dnnl_memory_t *memory, convo_layout layout, dnnl_engine_t engine, void *values) {
  return dnnl_memory_create(memory, convo_md(layout), engine, values);
}

// The layout that a primitive wants for one of its arguments; `*result` stays NULL where it takes no such argument.
static inline dnnl_status_t convo_argument_layout(
    convo_layout *result, const_dnnl_primitive_desc_t description, int argument) {
  const_dnnl_memory_desc_t found = dnnl_primitive_desc_query_md(description, dnnl_query_exec_arg_md, argument);
  if (!found || dnnl_memory_desc_get_size(found) == 0) return dnnl_success;
  return dnnl_memory_desc_clone((dnnl_memory_desc_t *)result, found);
}

// Scratch memory is the caller's, so that one primitive can run on many threads at once.
static inline dnnl_status_t convo_attributes(dnnl_primitive_attr_t *result, int relu) {
  dnnl_status_t status = dnnl_primitive_attr_create(result);
  if (status != dnnl_success) return status;
  dnnl_post_ops_t operations = NULL;
  status = dnnl_primitive_attr_set_scratchpad_mode(*result, dnnl_scratchpad_mode_user);
  if (status == dnnl_success) status = dnnl_post_ops_create(&operations);
  if (status == dnnl_success && relu) status = dnnl_post_ops_append_eltwise(operations, dnnl_eltwise_relu, 0, 0);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(*result, operations);
  if (operations) dnnl_post_ops_destroy(operations);
  if (status != dnnl_success) dnnl_primitive_attr_destroy(*result);
  return status;
}

static inline dnnl_prop_kind_t convo_forward(int training) {
  return training ? dnnl_forward_training : dnnl_forward_inference;
}

static inline dnnl_alg_kind_t convo_algorithm(convo_function function) {
  return function == convo_tanh ? dnnl_eltwise_tanh_use_dst_for_bwd : dnnl_eltwise_logistic_use_dst_for_bwd;
}

// Padding does not count.
static inline dnnl_alg_kind_t convo_pooling_algorithm(convo_pooling pooling) {
  return pooling == convo_largest ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding;
}

// The cells of a pooling window touch each other.
static const dnnl_dims_t convo_undilated = {0, 0};

// Makes the attributes, then the descriptor from them.
#define CONVO_DESCRIBE(relu, call)                            \
  dnnl_primitive_attr_t attributes;                           \
  dnnl_status_t status = convo_attributes(&attributes, relu); \
  if (status != dnnl_success) return status;                  \
  status = call;                                              \
  dnnl_primitive_attr_destroy(attributes);                    \
  return status

static inline dnnl_status_t convo_convolution_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, int training, convo_layout source, convo_layout weights,
    convo_layout bias, convo_layout destination, const convo_window *window, int relu) {
  CONVO_DESCRIBE(relu, dnnl_convolution_forward_primitive_desc_create(
      result, engine, convo_forward(training), dnnl_convolution_direct, convo_md(source), convo_md(weights),
      convo_md(bias), convo_md(destination), window->stride, window->gaps, window->before, window->after,
      attributes));
}

static inline dnnl_status_t convo_convolution_backward_data(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, convo_layout source, convo_layout weights,
    convo_layout destination, const convo_window *window, const_dnnl_primitive_desc_t forward) {
  CONVO_DESCRIBE(0, dnnl_convolution_backward_data_primitive_desc_create(
      result, engine, dnnl_convolution_direct, convo_md(source), convo_md(weights), convo_md(destination),
      window->stride, window->gaps, window->before, window->after, forward, attributes));
}

static inline dnnl_status_t convo_convolution_backward_weights(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, convo_layout source, convo_layout weights, convo_layout bias,
    convo_layout destination, const convo_window *window, const_dnnl_primitive_desc_t forward) {
  CONVO_DESCRIBE(0, dnnl_convolution_backward_weights_primitive_desc_create(
      result, engine, dnnl_convolution_direct, convo_md(source), convo_md(weights), convo_md(bias),
      convo_md(destination), window->stride, window->gaps, window->before, window->after, forward, attributes));
}

static inline dnnl_status_t convo_pooling_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, int training, convo_layout source, convo_layout destination,
    const convo_window *window, convo_pooling pooling) {
  CONVO_DESCRIBE(0, dnnl_pooling_forward_primitive_desc_create(
      result, engine, convo_forward(training), convo_pooling_algorithm(pooling), convo_md(source),
      convo_md(destination), window->stride, window->kernel, convo_undilated, window->before, window->after,
      attributes));
}

static inline dnnl_status_t convo_pooling_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, convo_layout source, convo_layout destination,
    const convo_window *window, convo_pooling pooling, const_dnnl_primitive_desc_t forward) {
  CONVO_DESCRIBE(0, dnnl_pooling_backward_primitive_desc_create(
      result, engine, convo_pooling_algorithm(pooling), convo_md(source), convo_md(destination), window->stride,
      window->kernel, convo_undilated, window->before, window->after, forward, attributes));
}

static inline dnnl_status_t convo_function_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, convo_function function, convo_layout values) {
  CONVO_DESCRIBE(0, dnnl_eltwise_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, convo_algorithm(function), convo_md(values), convo_md(values), 0, 0,
      attributes));
}

static inline dnnl_status_t convo_function_backward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, convo_function function, convo_layout values,
    const_dnnl_primitive_desc_t forward) {
  CONVO_DESCRIBE(0, dnnl_eltwise_backward_primitive_desc_create(
      result, engine, convo_algorithm(function), convo_md(values), convo_md(values), convo_md(values), 0, 0, forward,
      attributes));
}

static inline dnnl_status_t convo_softmax_forward(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, convo_layout values, int axis) {
  CONVO_DESCRIBE(0, dnnl_softmax_forward_primitive_desc_create(
      result, engine, dnnl_forward_training, dnnl_softmax_accurate, convo_md(values), convo_md(values), axis,
      attributes));
}

static inline dnnl_status_t convo_reorder(
    dnnl_primitive_desc_t *result, dnnl_engine_t engine, convo_layout source, convo_layout destination) {
  CONVO_DESCRIBE(0, dnnl_reorder_primitive_desc_create(
      result, convo_md(source), engine, convo_md(destination), engine, attributes));
}
