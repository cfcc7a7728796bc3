"use strict";
(() => {
  // The data, unpacked.
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const SPECIAL = { NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity };
  const real = (value) => (typeof value === "string" ? SPECIAL[value] : value);
  const floats = (text) => new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);

  const values = data.values.map(real);
  const count = values.length;
  const [name, ...others] = data.columns; // of what was swept; the first lies along the axes
  const isRate = name === "learning_rate", isRateAlone = isRate && others.every((other) => other === "seed");
  const thing = [isRate ? "rate" : name, ...others].join(" · ");
  const Thing = thing[0].toUpperCase() + thing.slice(1);
  const limit = isRateAlone && data.stability ? real(data.stability.limit) : NaN;
  const advice = data.recommendation && data.recommendation.learning_rate !== null ? data.recommendation : null;
  const losses = { steps: data.losses.steps, flat: floats(data.losses.values) };
  const lossAt = (lane, index) => losses.flat[lane * losses.steps.length + index];
  const lastLoss = (lane) => (losses.steps.length ? lossAt(lane, losses.steps.length - 1) : NaN);
  const MARKS = { converged: "✓", training: "", growing: "↑", diverged: "×" };
  const statusWords = (lane) =>
    (data.lost_at[lane] ? `diverged at step ${data.lost_at[lane]}` : data.statuses[lane] + (data.interrupted ? " (interrupted)" : ""))
    + (lane === data.own_lane ? ", the script's own" : "");

  // Numbers and text.
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const trimmed = (text) => (text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text);
  function format(value, digits = 4) {
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    const size = Math.abs(value);
    if (value === 0) return "0";
    const text = size >= 1e-4 && size < 1e6
      ? trimmed(size >= 10 ** digits ? value.toFixed(0) : value.toPrecision(digits))
      : value.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e");
    return text.replace(/-/g, "−");
  }
  const laneName = (lane) => (others.length ? data.labels[lane].replace(/-/g, "−") : format(values[lane]));
  function power(exponent) {
    if (exponent >= -3 && exponent <= 4) return trimmed((10 ** exponent).toFixed(Math.max(0, -exponent)));
    return "10" + [...String(exponent)].map((c) => (c === "-" ? "⁻" : SUPERSCRIPTS[c])).join("");
  }

  // Elements.
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  function shape(tag, attributes = {}, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function table(caption, heads, rows) {
    const head = element("tr");
    heads.forEach((text) => head.append(element("th", { scope: "col" }, text)));
    const body = element("tbody");
    for (const row of rows) {
      const line = element("tr");
      row.forEach((cell, i) => line.append(
        i ? element("td", /NaN|∞|diverged/.test(cell) ? { class: "bad" } : {}, cell) : element("th", { scope: "row" }, cell)));
      body.append(line);
    }
    return element("table", {}, element("caption", { class: "hidden" }, caption), element("thead", {}, head), body);
  }
  function evenly(length, most) {
    if (length <= most) return [...Array(length).keys()];
    return [...new Set([...Array(most).keys()].map((i) => Math.round((i * (length - 1)) / (most - 1))))];
  }

  // What is chosen, and who wants to know.
  const best = () => {
    let found = 0;
    for (let lane = 1; lane < count; lane++) {
      const here = data.lost_at[lane] ? NaN : lastLoss(lane), there = data.lost_at[found] ? NaN : lastLoss(found);
      if (Number.isFinite(here) && (!Number.isFinite(there) || here < there)) found = lane;
    }
    return found;
  };
  const state = { lane: best(), hover: null };
  const shown = () => (state.hover === null ? state.lane : state.hover);
  const listeners = [];
  function choose(lane, say = true) {
    state.lane = Math.max(0, Math.min(count - 1, lane));
    state.hover = null;
    listeners.forEach((listen) => listen());
    if (say) announce(`${Thing} ${laneName(state.lane)}, ${statusWords(state.lane)}, last loss ${format(lastLoss(state.lane))}`);
  }
  let speaking = 0;
  function announce(text) {
    clearTimeout(speaking);
    speaking = setTimeout(() => { $("live").textContent = text; }, 250);
  }

  // Colours: from violet for the lowest value to orange for the highest, as light as the theme needs.
  const order = [...new Set(values)].sort((a, b) => a - b);
  const ranks = values.map((value) => order.indexOf(value) / Math.max(order.length - 1, 1));
  let colors = [];
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  function readColors() {
    const light = +style("--lane-light"), gain = +style("--lane-gain"), chroma = +style("--lane-chroma");
    colors = ranks.map((rank) => `oklch(${(light + gain * rank).toFixed(3)} ${chroma} ${(272 + 140 * rank) % 360})`);
  }
  function rgb(color) {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data;
  }

  // Scales.
  function linear(low, high, from, to) {
    const at = (value) => from + ((value - low) / (high - low || 1)) * (to - from);
    const raw = (high - low) / 5, size = 10 ** Math.floor(Math.log10(raw || 1));
    const step = [1, 2, 5, 10].map((k) => k * size).find((s) => s >= raw) || 1;
    const ticks = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push([i * step, format(i * step, 3)]);
    return { at, ticks };
  }
  function logarithmic(low, high, from, to, most = 6) {
    const a = Math.log10(low), b = Math.log10(high);
    const at = (value) => from + ((Math.log10(value) - a) / (b - a || 1)) * (to - from);
    const ticks = [];
    const stride = Math.max(1, Math.ceil((b - a) / most));
    for (let e = Math.ceil(a - 1e-9); e <= b + 1e-9; e++) if (e % stride === 0) ticks.push([10 ** e, power(e)]);
    if (b - a < 2.2) {
      for (let e = Math.floor(a); e <= b; e++) {
        for (const k of b - a < 1.2 ? [2, 3, 5] : [3]) {
          const value = k * 10 ** e;
          if (value >= low && value <= high) ticks.push([value, format(value, 2)]);
        }
      }
      ticks.sort((x, y) => x[0] - y[0]);
    }
    return { at, ticks };
  }
  function stepScale(last, from, to) { // logarithmic, with a place for step 0
    const at = (step) => from + (Math.log1p(step) / Math.log1p(last || 1)) * (to - from);
    const ticks = [[0, "0"]];
    for (let e = 0; 10 ** e <= last; e++) if (to - from > 240 || e % 2 === 0 || last < 100) ticks.push([10 ** e, (10 ** e).toLocaleString("en").replace(/,/g, " ")]);
    return { at, ticks };
  }

  // A chart: axes and marks, lines on a canvas above them, and above these what changes with what is chosen.
  function chart(id, { label, keys, margins, height, draw, over, near }) {
    const host = $(id);
    const canvas = element("canvas", { class: "lines", "aria-hidden": "true" });
    const back = shape("svg", { "aria-hidden": "true" }), front = shape("svg", { "aria-hidden": "true" });
    const base = shape("g"), top = shape("g");
    const tip = element("div", { class: "tip", "aria-hidden": "true" });
    back.append(base);
    front.append(top);
    host.append(back, canvas, front, tip);
    host.tabIndex = 0;
    host.setAttribute("role", "application");
    host.setAttribute("aria-roledescription", "chart");
    host.setAttribute("aria-label", label);
    const me = { host, base, top, width: 0, height: 0 };
    me.redraw = () => {
      const width = host.clientWidth;
      if (!width) return;
      me.width = width;
      me.height = height(width);
      me.margins = margins(width);
      host.style.height = `${me.height}px`;
      for (const svg of [back, front]) svg.setAttribute("viewBox", `0 0 ${me.width} ${me.height}`);
      const dense = Math.min(window.devicePixelRatio || 1, 2);
      canvas.width = Math.round(me.width * dense);
      canvas.height = Math.round(me.height * dense);
      const context = canvas.getContext("2d");
      context.scale(dense, dense);
      base.replaceChildren();
      me.box = { left: me.margins.left, right: me.width - me.margins.right, top: me.margins.top, bottom: me.height - me.margins.bottom };
      draw(me, context);
      over(me);
    };
    me.update = () => { if (me.width) over(me); };
    me.say = (x, y, ...parts) => {
      tip.replaceChildren(...parts);
      tip.style.visibility = "visible";
      const wide = tip.offsetWidth, tall = tip.offsetHeight;
      tip.style.left = `${Math.max(0, Math.min(me.width - wide, x + 14 + wide > me.width ? x - wide - 14 : x + 14))}px`;
      tip.style.top = `${Math.max(0, y - tall - 10)}px`;
    };
    me.hush = () => { tip.style.visibility = "hidden"; };
    if (near) {
      const point = (event) => {
        const frame = host.getBoundingClientRect();
        return near(me, event.clientX - frame.left, event.clientY - frame.top);
      };
      host.addEventListener("pointermove", (event) => {
        const lane = point(event);
        if (lane !== null) state.hover = lane;
        listeners.forEach((listen) => listen());
      });
      host.addEventListener("pointerleave", () => { state.hover = null; me.hush(); listeners.forEach((listen) => listen()); });
      host.addEventListener("click", (event) => { const lane = point(event); if (lane !== null) choose(lane); });
    }
    host.addEventListener("keydown", (event) => { if (keys(me, event.key)) event.preventDefault(); });
    host.addEventListener("blur", me.hush);
    new ResizeObserver(() => { if (host.clientWidth !== me.width) me.redraw(); }).observe(host);
    listeners.push(me.update);
    return me;
  }
  function axes(me, x, y, xTitle, yTitle, isGrid = true) {
    const { left, right, top, bottom } = me.box;
    for (const [value, text] of y.ticks) {
      const at = y.at(value);
      if (isGrid) me.base.append(shape("line", { class: "gridline", x1: left, x2: right, y1: at, y2: at }));
      me.base.append(shape("text", { x: left - 8, y: at + 4, "text-anchor": "end" }, text));
    }
    let after = -Infinity;
    for (const [value, text] of x.ticks) {
      const at = x.at(value), half = text.length * 3.6;
      if (isGrid) me.base.append(shape("line", { class: "gridline", x1: at, x2: at, y1: top, y2: bottom }));
      if (at - half > after + 4) {
        me.base.append(shape("text", { x: at, y: bottom + 18, "text-anchor": "middle" }, text));
        after = at + half;
      }
    }
    me.base.append(shape("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }),
      shape("text", { x: (left + right) / 2, y: bottom + 38, "text-anchor": "middle" }, xTitle),
      shape("text", { x: 0, y: 12 }, yTitle));
  }
  // Labels at the right end of lines, moved apart.
  function endLabels(me, labels) {
    labels.sort((a, b) => a.y - b.y);
    let free = me.box.top - 20;
    for (const label of labels) { label.at = Math.max(label.y, free + 14); free = label.at; }
    let ceiling = me.box.bottom + 8;
    for (const label of [...labels].reverse()) { label.at = Math.min(label.at, ceiling); ceiling = label.at - 14; }
    for (const { at, text, color, x, bold } of labels) {
      const made = shape("text", { class: bold ? "note" : "halo", x: (x ?? me.box.right) + 7, y: at + 4 }, text);
      made.style.fill = color;
      me.top.append(made);
    }
  }
  const few = () => (count <= 8 ? [...Array(count).keys()] : [...new Set([0, count - 1])]);

  // Loss against step.
  const positive = (() => { // whether a logarithmic axis can show the losses
    let lowest = Infinity;
    for (const value of losses.flat) if (Number.isFinite(value) && value < lowest) lowest = value;
    return lowest >= 0;
  })();
  const lossRange = (() => {
    let low = Infinity, high = 0, start = 0, floor = Infinity;
    for (let lane = 0; lane < count; lane++) {
      const first = lossAt(lane, 0);
      if (Number.isFinite(first)) start = Math.max(start, Math.abs(first));
    }
    for (let lane = 0; lane < count; lane++) {
      const wild = { growing: 1e6, diverged: 1e3 }[data.statuses[lane]] * start || Infinity;
      for (let i = 0; i < losses.steps.length; i++) {
        const value = lossAt(lane, i);
        if (!Number.isFinite(value)) continue;
        if (value > 0) low = Math.min(low, value);
        floor = Math.min(floor, value);
        high = Math.max(high, Math.min(value, wild));
      }
    }
    if (!positive) return { low: floor, high: Math.max(high, floor + 1e-9) };
    if (!(low < Infinity)) return { low: 0.1, high: 10 };
    return { low: low / 1.5, high: Math.max(high * 1.5, low * 10) };
  })();
  const lossScale = (range, from, to) => (positive ? logarithmic(range.low, range.high, from, to) : linear(range.low, range.high, from, to));
  const lossTitle = positive ? "loss (log scale)" : "loss (falls below 0, so the scale is linear)";
  const clampLoss = (value, range) => (positive ? Math.max(value, range.low) : value);

  const cursor = { index: null };
  const courses = losses.steps.length && chart("courses", {
    label: `Loss against step for ${count} lanes. Up and down arrows choose a lane, left and right arrows a step. The numbers are in the table below.`,
    margins: (width) => ({ left: 52, right: Math.min(width / 3, 20 + 7 * Math.max(5, ...few().map((lane) => laneName(lane).length))), top: 26, bottom: 44 }),
    height: (width) => Math.max(280, Math.min(430, width * 0.66)),
    keys(me, key) {
      const last = losses.steps.length - 1, now = cursor.index ?? last;
      if (key === "ArrowUp" || key === "ArrowDown") choose(state.lane + (key === "ArrowUp" ? 1 : -1));
      else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
        cursor.index = { ArrowLeft: Math.max(0, now - 1), ArrowRight: Math.min(last, now + 1), Home: 0, End: last }[key];
        me.update();
        announce(`Step ${losses.steps[cursor.index]}: loss ${format(lossAt(state.lane, cursor.index))} at ${thing} ${laneName(state.lane)}`);
      } else return false;
      return true;
    },
    draw(me, context) {
      const { left, right, top, bottom } = me.box;
      const steps = stepScale(losses.steps.at(-1), left, right), lossY = lossScale(lossRange, bottom, top);
      axes(me, steps, lossY, "step (log scale)", lossTitle);
      me.x = losses.steps.map(steps.at);
      me.y = [];
      me.ends = [];
      context.lineWidth = count > 20 ? 1.1 : 1.8;
      context.lineJoin = "round";
      context.save();
      context.beginPath();
      context.rect(left - 2, top - 2, right - left + 4, bottom - top + 4);
      context.clip();
      for (let lane = 0; lane < count; lane++) {
        const ys = new Float32Array(losses.steps.length);
        let end = null, pen = false, column = null;
        // Of many points in one column of pixels, only the lowest, the highest and the last are drawn.
        const finish = () => {
          if (column && column.low < column.high) { context.lineTo(column.x, column.low); context.lineTo(column.x, column.high); }
          if (column) context.lineTo(column.x, column.last);
          column = null;
        };
        context.beginPath();
        for (let i = 0; i < ys.length; i++) {
          const value = lossAt(lane, i), x = me.x[i];
          const y = ys[i] = Number.isFinite(value) ? Math.max(lossY.at(clampLoss(value, lossRange)), top - 400) : NaN;
          if (Number.isNaN(y)) { finish(); pen = false; continue; }
          if (y >= top || !end || end.y > top) end = { x, y: Math.max(y, top), isIn: y >= top };
          if (!pen) context.moveTo(x, y);
          else if (column && x - column.from < 1) Object.assign(column, { x, last: y, low: Math.min(column.low, y), high: Math.max(column.high, y) });
          else { finish(); column = { from: x, x, low: y, high: y, last: y }; }
          pen = true;
        }
        finish();
        context.strokeStyle = colors[lane];
        context.stroke();
        me.y.push(ys);
        me.ends.push(end);
      }
      context.restore();
      for (let lane = 0; lane < count; lane++) {
        const end = me.ends[lane];
        if (data.statuses[lane] === "diverged" && end) {
          const cross = shape("path", { d: `M${end.x - 4} ${end.y - 4}l8 8m0 -8l-8 8`, "stroke-width": 2, fill: "none" });
          cross.style.stroke = colors[lane];
          me.base.append(cross);
        }
      }
    },
    over(me) {
      const lane = shown(), { top, bottom } = me.box;
      me.host.classList.toggle("dim", state.hover !== null || count > 8 || document.activeElement === me.host);
      me.top.replaceChildren();
      let path = "", pen = false;
      me.y[lane].forEach((y, i) => {
        if (Number.isNaN(y)) { pen = false; return; }
        path += `${pen ? "L" : "M"}${me.x[i].toFixed(1)} ${y.toFixed(1)}`;
        pen = true;
      });
      const clip = `inset(${top - 2}px 0 ${me.height - bottom - 2}px 0)`;
      const line = shape("path", { d: path, fill: "none", "stroke-width": 3.2, "stroke-linejoin": "round" });
      line.style.stroke = colors[lane];
      const group = shape("g");
      group.append(shape("rect", { x: 0, y: 0, width: me.width, height: me.height, fill: "none" }), line);
      group.style.clipPath = clip;
      me.top.append(group);
      const labelled = [...new Set([...few(), lane])].filter((l) => me.ends[l]);
      endLabels(me, labelled.filter((l) => data.statuses[l] !== "diverged" && me.ends[l].isIn).map((l) => (
        { y: me.ends[l].y, text: laneName(l), color: colors[l], bold: l === lane })));
      labelled.filter((l) => data.statuses[l] === "diverged" || !me.ends[l].isIn).filter((l) => count <= 8 || l === lane).forEach((l) => {
        const far = me.ends[l].x > me.box.right - 60;
        const made = shape("text", { class: "note", x: me.ends[l].x + (far ? -9 : 9), y: me.ends[l].y + 12, "text-anchor": far ? "end" : "start" }, laneName(l));
        made.style.fill = colors[l];
        me.top.append(made);
      });
      const at = me.pointed ?? cursor.index;
      if (at !== null && at !== undefined && (state.hover !== null || document.activeElement === me.host)) {
        const y = Number.isNaN(me.y[lane][at]) ? top : Math.max(me.y[lane][at], top);
        me.top.append(shape("line", { class: "axis", x1: me.x[at], x2: me.x[at], y1: top, y2: bottom }));
        const dot = shape("circle", { cx: me.x[at], cy: y, r: 5, "stroke-width": 2, stroke: "var(--panel)" });
        dot.style.fill = colors[lane];
        me.top.append(dot);
        me.say(me.x[at], y, element("b", {}, `${thing} ${laneName(lane)}`), ` · ${statusWords(lane)}`, element("br"),
          `step ${losses.steps[at]} · loss ${format(lossAt(lane, at))}`);
      } else me.hush();
    },
    near(me, px, py) {
      let index = 0;
      for (let i = 1; i < me.x.length; i++) if (Math.abs(me.x[i] - px) < Math.abs(me.x[index] - px)) index = i;
      let found = null, distance = Infinity;
      for (let lane = 0; lane < count; lane++) {
        let y = me.y[lane][index];
        if (Number.isNaN(y)) { if (!me.ends[lane] || Math.abs(me.ends[lane].x - px) > 12) continue; y = me.ends[lane].y; }
        const d = Math.abs(Math.max(y, me.box.top) - py);
        if (d < distance) { distance = d; found = lane; }
      }
      me.pointed = index;
      return found;
    },
  });
  if (courses) courses.host.addEventListener("pointerleave", () => { courses.pointed = null; courses.update(); });

  // Where every lane ended.
  const ends = losses.steps.length && chart("ends", {
    label: `Last loss against ${isRate ? "learning rate" : name} for ${count} lanes. Left and right arrows choose a lane. The numbers are in the table below.`,
    margins: () => ({ left: 52, right: 18, top: 46, bottom: 44 }),
    height: (width) => Math.max(280, Math.min(430, width * 0.66)),
    keys(me, key) {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key];
      if (step) choose(state.lane + step);
      return Boolean(step);
    },
    draw(me) {
      const { left, right, top, bottom } = me.box;
      const given = [...values, ...(Number.isFinite(limit) ? [limit] : []), ...(advice ? [real(advice.low), real(advice.high), real(advice.learning_rate)] : [])]
        .filter((value) => Number.isFinite(value));
      const isLog = values.every((value) => value > 0);
      let low = Math.min(...values), high = Math.max(...values);
      for (const value of given) if (isLog && value > low / 30 && value < high * 30) { low = Math.min(low, value); high = Math.max(high, value); }
      const x = isLog ? logarithmic(low / 1.25, high * 1.25, left, right, me.width / 90)
        : linear(low - (high - low) * 0.06 - 1e-12, high + (high - low) * 0.06 + 1e-12, left, right);
      const range = { ...lossRange };
      const lasts = values.map((_, lane) => lastLoss(lane)).filter((value) => Number.isFinite(value) && (!positive || value > 0) && value <= lossRange.high);
      if (lasts.length) { range.low = Math.min(...lasts); range.high = Math.max(...lasts); }
      if (positive) { range.low /= 2; range.high *= 2; if (range.high / range.low < 20) { range.high *= 3; range.low /= 3; } } else { const pad = (range.high - range.low) * 0.1 + 1e-9; range.low -= pad; range.high += pad; }
      const y = lossScale(range, bottom, top);
      const inside = (value) => Math.max(left, Math.min(right, x.at(value)));
      if (Number.isFinite(limit) && x.at(limit) < right) {
        const at = inside(limit);
        me.base.append(shape("rect", { class: "zone", x: at, y: top, width: Math.max(0, right - at), height: bottom - top }));
      }
      if (advice) {
        const from = inside(real(advice.low)), to = inside(real(advice.high));
        me.base.append(shape("rect", { class: "good", x: from, y: top, width: Math.max(to - from, 2), height: bottom - top }));
      }
      axes(me, x, y, isLog ? `${isRate ? "learning rate" : name} (log scale)` : name, positive ? "last loss (log scale)" : lossTitle.replace("loss", "last loss"));
      if (advice) {
        const at = inside(real(advice.learning_rate)), flip = at > left + 150;
        me.base.append(shape("line", { class: "pick", x1: at, x2: at, y1: top - 4, y2: bottom }),
          shape("text", { class: "accent", x: at + (flip ? -6 : 6), y: top - 8, "text-anchor": flip ? "end" : "start" }, `take ${format(real(advice.learning_rate), 3)}`));
      }
      if (Number.isFinite(limit) && x.at(limit) > left && x.at(limit) < right) {
        const at = x.at(limit), flip = at > right - 84;
        me.base.append(shape("line", { class: "limit", x1: at, x2: at, y1: top - 4, y2: bottom }),
          shape("text", { class: "danger", x: at + (flip ? 4 : 6), y: flip && advice ? top - 22 : top - 8, "text-anchor": flip ? "end" : "start" }, `limit ${format(limit)}`));
      }
      me.points = values.map((value, lane) => {
        const last = data.statuses[lane] === "diverged" ? NaN : lastLoss(lane);
        const fits = Number.isFinite(last);
        return { x: x.at(value), y: fits ? Math.max(top, Math.min(bottom, y.at(clampLoss(last, range)))) : top + 8, fits };
      });
      let path = "", pen = false;
      [...me.points.keys()].sort((a, b) => values[a] - values[b]).forEach((lane) => {
        const p = me.points[lane];
        if (p.fits) path += `${pen ? "L" : "M"}${p.x} ${p.y}`;
        pen = p.fits;
      });
      if (!others.length) me.base.append(shape("path", { d: path, fill: "none", stroke: "var(--soft)", "stroke-width": 1, opacity: 0.5 }));
      me.points.forEach((p, lane) => {
        const mark = p.fits
          ? data.statuses[lane] === "growing"
            ? shape("path", { d: `M${p.x} ${p.y - 6}l5.5 10h-11z`, "stroke-width": 2, fill: "var(--panel)" })
            : shape("circle", { cx: p.x, cy: p.y, r: count > 30 ? 3.5 : 4.5 })
          : shape("path", { d: `M${p.x - 4.5} ${p.y - 4.5}l9 9m0 -9l-9 9`, "stroke-width": 2.2, fill: "none" });
        if (p.fits && data.statuses[lane] !== "growing") mark.style.fill = colors[lane];
        else mark.style.stroke = colors[lane];
        me.base.append(mark);
      });
    },
    over(me) {
      const lane = shown(), p = me.points[lane];
      me.top.replaceChildren();
      const ring = shape("circle", { cx: p.x, cy: p.y, r: 10, fill: "none", "stroke-width": 2 });
      ring.style.stroke = colors[lane];
      const words = `${laneName(lane)}: ${p.fits ? format(lastLoss(lane), 3) : statusWords(lane)}`;
      const right = p.x + 15 + words.length * 7 > me.width;
      me.top.append(ring, shape("text", { class: "note", x: p.x + (right ? -15 : 15), y: p.y + (p.y > me.box.bottom - 14 ? -8 : 4), "text-anchor": right ? "end" : "start" }, words));
    },
    near(me, px, py) {
      let found = null, distance = 40;
      me.points.forEach((p, lane) => { const d = Math.hypot(p.x - px, (p.y - py) / 3); if (d < distance) { distance = d; found = lane; } });
      return found;
    },
  });

  // The path over the loss.
  const way = data.path;
  let path = null;
  function preparePath() {
    const size = way.names.length, length = way.steps.length;
    const places = floats(way.places), wayLosses = floats(way.losses), grids = {};
    for (const [key, text] of Object.entries(way.grids)) grids[key] = floats(text);
    const side = Math.round(Math.sqrt(Object.values(grids)[0].length));
    const at = (lane, index, parameter) => places[(lane * length + index) * size + parameter];
    const pick = { x: 0, y: 1, index: length - 1 };
    let field = null;

    // The grid of a pair, as seen from these axes, each loss as the height of a band.
    function heights() {
      const swapped = pick.x > pick.y, grid = grids[swapped ? `${pick.y},${pick.x}` : `${pick.x},${pick.y}`];
      const sorted = Float32Array.from(grid).filter(Number.isFinite).sort();
      const low = sorted[0], middle = sorted[sorted.length >> 1], high = sorted.at(-1);
      const unit = Math.max((middle - low) / 40, (high - low) * 1e-6, 1e-30);
      const tall = Math.log1p((high - low) / unit) || 1, found = new Float32Array(side * side);
      let lowest = 0;
      for (let row = 0; row < side; row++) for (let column = 0; column < side; column++) {
        const value = grid[swapped ? column * side + row : row * side + column];
        found[row * side + column] = Number.isFinite(value) ? Math.log1p((value - low) / unit) / tall : 1;
        if (value === low) lowest = row * side + column;
      }
      return { found, low, high, lowest };
    }
    const weights = (t) => [((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1, ((-1.5 * t + 2) * t + 0.5) * t, (0.5 * t - 0.5) * t * t];
    function enlarged(small, to) { // cubic along rows, then along columns
      const wide = new Float32Array(side * to), all = new Float32Array(to * to);
      for (let i = 0; i < to; i++) {
        const s = (i * (side - 1)) / (to - 1), k = Math.min(Math.floor(s), side - 2), w = weights(s - k);
        const a = Math.max(k - 1, 0), d = Math.min(k + 2, side - 1);
        for (let row = 0; row < side; row++) {
          const o = row * side;
          wide[row * to + i] = w[0] * small[o + a] + w[1] * small[o + k] + w[2] * small[o + k + 1] + w[3] * small[o + d];
        }
      }
      for (let j = 0; j < to; j++) {
        const s = (j * (side - 1)) / (to - 1), k = Math.min(Math.floor(s), side - 2), w = weights(s - k);
        const a = Math.max(k - 1, 0) * to, b = k * to, c = (k + 1) * to, d = Math.min(k + 2, side - 1) * to, o = j * to;
        for (let i = 0; i < to; i++) all[o + i] = w[0] * wide[a + i] + w[1] * wide[b + i] + w[2] * wide[c + i] + w[3] * wide[d + i];
      }
      return all;
    }
    const BANDS = 14;
    function paint(me, context) {
      const { left, right, top, bottom } = me.box;
      const to = Math.min(480, Math.round((right - left) * Math.min(devicePixelRatio || 1, 2)));
      field = heights();
      const heightsAt = enlarged(field.found, to);
      const panel = rgb(style("--panel")), accent = rgb(style("--accent"));
      const mix = (share) => [0, 1, 2].map((i) => panel[i] + (accent[i] - panel[i]) * share);
      const bands = [...Array(BANDS + 1).keys()].map((band) => mix(0.5 * (1 - band / BANDS) ** 1.4 + 0.03)), rim = mix(0.75);
      const image = new ImageData(to, to), pixels = image.data;
      for (let j = 0; j < to; j++) for (let i = 0; i < to; i++) {
        const o = j * to + i, v = heightsAt[o] * BANDS;
        const gx = (heightsAt[o + (i + 1 < to ? 1 : -1)] * BANDS - v), gy = (heightsAt[o + (j + 1 < to ? to : -to)] * BANDS - v);
        const slope = Math.sqrt(gx * gx + gy * gy) || 1e-9, away = Math.abs(v - Math.round(v)) / slope;
        const ink = away < 1.2 && Math.round(v) > 0 ? Math.max(0, 1.2 - away) * 0.4 : 0;
        const color = bands[Math.max(0, Math.min(BANDS, Math.floor(v)))], p = ((to - 1 - j) * to + i) * 4;
        for (let c = 0; c < 3; c++) pixels[p + c] = color[c] + (rim[c] - color[c]) * Math.min(ink, 1);
        pixels[p + 3] = 255;
      }
      const sheet = Object.assign(document.createElement("canvas"), { width: to, height: to });
      sheet.getContext("2d").putImageData(image, 0, 0);
      context.imageSmoothingQuality = "high";
      context.drawImage(sheet, left, top, right - left, bottom - top);
      me.scale.querySelector("i").style.background = `linear-gradient(90deg, ${bands.map((b) => `rgb(${b.map(Math.round)})`).join(",")})`;
      me.scale.children[1].textContent = format(field.low, 3);
      me.scale.lastElementChild.textContent = format(field.high, 3);
    }
    path = chart("path", {
      label: "The path of two parameters over the loss. Left and right arrows move the step, up and down arrows choose a lane. The numbers are in the table below.",
      margins: () => ({ left: 52, right: 10, top: 26, bottom: 44 }),
      height: (width) => Math.min(width, 560) * 0.92,
      keys(me, key) {
        if (key === "ArrowLeft" || key === "ArrowRight") setStep(pick.index + (key === "ArrowRight" ? 1 : -1));
        else if (key === "ArrowUp" || key === "ArrowDown") choose(state.lane + (key === "ArrowUp" ? 1 : -1));
        else if (key === "Home" || key === "End") setStep(key === "Home" ? 0 : length - 1);
        else return false;
        return true;
      },
      draw(me, context) {
        const { left, right, top, bottom } = me.box;
        me.sx = linear(way.low[pick.x], way.high[pick.x], left, right);
        me.sy = linear(way.low[pick.y], way.high[pick.y], bottom, top);
        axes(me, me.sx, me.sy, way.names[pick.x], way.names[pick.y], false);
        paint(me, context);
      },
      over(me) {
        const lane = state.lane, { left, right, top, bottom } = me.box;
        const point = (index) => [me.sx.at(at(lane, index, pick.x)), me.sy.at(at(lane, index, pick.y))];
        const line = (from, to) => {
          let d = "", pen = false;
          for (let i = from; i <= to; i++) {
            const [x, y] = point(i);
            if (!Number.isFinite(x) || !Number.isFinite(y)) { pen = false; continue; }
            d += `${pen ? "L" : "M"}${Math.max(-1e5, Math.min(1e5, x)).toFixed(1)} ${Math.max(-1e5, Math.min(1e5, y)).toFixed(1)}`;
            pen = true;
          }
          return d;
        };
        const stroke = (d, width, color, opacity) => {
          const made = shape("path", { d, fill: "none", "stroke-width": width, "stroke-linejoin": "round", "stroke-linecap": "round", opacity });
          made.style.stroke = color;
          return made;
        };
        const group = shape("g");
        const cover = shape("rect", { x: 0, y: 0, width: me.width, height: me.height, fill: "none" });
        group.append(cover, stroke(line(pick.index, length - 1), 1.2, colors[lane], 0.45),
          stroke(line(0, pick.index), 5, "var(--panel)", 0.85), stroke(line(0, pick.index), 2.4, colors[lane], 1));
        for (let i = 0; i <= Math.min(pick.index, 60); i++) {
          const [x, y] = point(i);
          if (!(x > left && x < right && y > top && y < bottom)) continue;
          const dot = shape("circle", { cx: x, cy: y, r: 2.6 });
          dot.style.fill = colors[lane];
          group.append(dot);
        }
        group.style.clipPath = `inset(${top}px ${me.width - right}px ${me.height - bottom}px ${left}px)`;
        me.top.replaceChildren(group);
        if (field) {
          const gx = way.low[pick.x] + ((way.high[pick.x] - way.low[pick.x]) * (field.lowest % side)) / (side - 1);
          const gy = way.low[pick.y] + ((way.high[pick.y] - way.low[pick.y]) * Math.floor(field.lowest / side)) / (side - 1);
          const x = me.sx.at(gx), y = me.sy.at(gy);
          me.top.append(shape("path", { d: `M${x - 5} ${y}h10m-5 -5v10`, stroke: "var(--ink)", "stroke-width": 1.5 }));
        }
        const [x0, y0] = point(0);
        if (x0 > left && x0 < right) me.top.append(shape("text", { class: "halo", x: x0 + (x0 > right - 50 ? -9 : 9), y: y0 + (y0 < top + 20 ? 16 : -8), "text-anchor": x0 > right - 50 ? "end" : "start" }, "start"));
        const [x, y] = point(pick.index), inside = x >= left && x <= right && y >= top && y <= bottom;
        const a = at(lane, pick.index, pick.x), b = at(lane, pick.index, pick.y);
        if (inside) {
          const head = shape("circle", { id: "head", cx: x, cy: y, r: 7, stroke: "var(--panel)", "stroke-width": 2.5 });
          head.style.fill = colors[lane];
          me.top.append(head);
        } else me.top.append(shape("text", { class: "danger", x: (left + right) / 2, y: top + 20, "text-anchor": "middle" },
          Number.isFinite(a) && Number.isFinite(b) ? "it has left this map" : "no longer finite"));
        $("path-lane").value = lane;
        $("path-lane").setAttribute("aria-valuetext", `${laneName(lane)}, ${statusWords(lane)}`);
        $("path-lane-out").textContent = `${laneName(lane)} · ${statusWords(lane)}`;
        const now = `${way.steps[pick.index]}`, loss = wayLosses[lane * length + pick.index];
        const here = `${way.names[pick.x]} ${format(a)}, ${way.names[pick.y]} ${format(b)}`;
        $("path-step").value = pick.index;
        $("path-step").setAttribute("aria-valuetext", `step ${now}, loss ${format(loss)}, ${here}`);
        $("path-step-out").textContent = `${now} · loss ${format(loss)}`;
        me.spoken = `Step ${now}, loss ${format(loss)}, ${here}`;
      },
    });
    path.scale = element("div", { class: "scale", "aria-hidden": "true" }, element("span", {}, "loss"), element("span"), element("i"), element("span"));
    path.host.after(path.scale);
    function setStep(index, say = true) {
      pick.index = Math.max(0, Math.min(length - 1, index));
      path.update();
      refreshTable("path-table");
      if (say) announce(path.spoken);
    }
    for (const axis of ["x", "y"]) {
      const select = $(`path-${axis}`);
      way.names.forEach((name, i) => select.append(element("option", { value: i }, name)));
      select.value = pick[axis];
      select.addEventListener("change", () => {
        const other = axis === "x" ? "y" : "x", chosen = +select.value;
        if (pick[other] === chosen) { pick[other] = pick[axis]; $(`path-${other}`).value = pick[other]; }
        pick[axis] = chosen;
        path.redraw();
        refreshTable("path-table");
        announce(`${way.names[pick.x]} across, ${way.names[pick.y]} up`);
      });
    }
    $("path-lane-name").textContent = Thing;
    $("path-lane").max = count - 1;
    $("path-step").max = length - 1;
    $("path-lane").addEventListener("input", (event) => choose(+event.target.value, false));
    $("path-step").addEventListener("input", (event) => { stop(); setStep(+event.target.value, false); });
    let playing = 0;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    function stop() { clearInterval(playing); playing = 0; $("play").textContent = "Play"; }
    $("play").addEventListener("click", () => {
      if (playing) { stop(); return; }
      if (pick.index === length - 1) setStep(0, false);
      if (calm.matches) { setStep(pick.index + Math.ceil(length / 8)); return; }
      $("play").textContent = "Pause";
      playing = setInterval(() => {
        setStep(pick.index + 1, false);
        if (pick.index === length - 1) { stop(); announce(path.spoken); }
      }, 60);
    });
    if (calm.matches) $("play").textContent = "Forward";
    tables["path-table"] = () => table("The path of the chosen lane", ["step", way.names[pick.x], way.names[pick.y], "loss"],
      evenly(length, 60).map((i) => [String(way.steps[i]), format(at(state.lane, i, pick.x), 6), format(at(state.lane, i, pick.y), 6), format(wayLosses[state.lane * length + i])]));
    $("path-lead").textContent = way.held > 0
      ? `Two of ${(way.held + 2).toLocaleString("en")} parameters, over the loss on the first batch; the others stay where the lane ${laneName(way.held_at)} ended, so the path is a shadow on this map. Dots are single steps, + is the lowest point drawn.`
      : "Both parameters of the model, over its loss: the deeper the colour, the lower. Dots are single steps, + is the lowest point drawn.";
  }

  // Sharpness.
  const bend = data.sharpness;
  let sharp = null;
  function prepareSharpness() {
    const found = floats(bend.values), length = bend.steps.length;
    const share = (row, i) => (found[row * length + i] * values[bend.lanes[row]]) / bend.bound;
    const shares = bend.lanes.flatMap((_, row) => bend.steps.map((_, i) => share(row, i))).filter((v) => Number.isFinite(v) && v > 0);
    const two = format(bend.bound, 3);
    if (!shares.length) return `No curvature along the way was finite and above 0.`;
    const range = { low: Math.min(0.5, ...shares) / 1.4, high: Math.max(2, ...shares) * 1.4 };
    sharp = chart("sharpness", {
      label: `Sharpness times rate, over ${two}, against step, for ${bend.lanes.length} lanes. Above 1 steps overshoot. Up and down arrows choose a lane. The numbers are in the table below.`,
      margins: () => ({ left: 52, right: 62, top: 26, bottom: 44 }),
      height: (width) => (width > 480 ? 630 : Math.max(300, width * 0.95)),
      keys(me, key) {
        const step = { ArrowDown: -1, ArrowUp: 1 }[key];
        if (step) {
          const row = bend.lanes.indexOf(state.lane);
          choose(bend.lanes[row < 0 ? 0 : Math.max(0, Math.min(bend.lanes.length - 1, row + step))]);
        }
        return Boolean(step);
      },
      draw(me, context) {
        const { left, right, top, bottom } = me.box;
        const x = stepScale(Math.max(data.steps, bend.steps.at(-1)), left, right), y = logarithmic(range.low, range.high, bottom, top);
        me.base.append(shape("rect", { class: "zone", x: left, y: top, width: right - left, height: Math.max(0, y.at(1) - top) }));
        axes(me, x, y, "step (log scale)", `sharpness ÷ (${two} / rate), log scale`);
        me.base.append(shape("line", { class: "limit", x1: left, x2: right, y1: y.at(1), y2: y.at(1) }),
          shape("text", { class: "danger", x: left + 8, y: Math.min(top + 18, y.at(1) - 7) }, "errors grow here"));
        me.lines = bend.lanes.map((lane, row) => {
          let d = "", pen = false, end = null;
          bend.steps.forEach((step, i) => {
            const value = share(row, i);
            if (!(value > 0)) { pen = false; return; }
            end = { x: x.at(step), y: y.at(value) };
            d += `${pen ? "L" : "M"}${end.x.toFixed(1)} ${end.y.toFixed(1)}`;
            pen = true;
          });
          const line = shape("path", { d, fill: "none", "stroke-width": 2, "stroke-linejoin": "round" });
          line.style.stroke = colors[lane];
          me.base.append(line);
          if (end && data.statuses[lane] === "diverged") {
            const cross = shape("path", { d: `M${end.x - 4} ${end.y - 4}l8 8m0 -8l-8 8`, "stroke-width": 2, fill: "none" });
            cross.style.stroke = colors[lane];
            me.base.append(cross);
          }
          return { lane, d, end };
        });
      },
      over(me) {
        me.top.replaceChildren();
        const lane = shown(), chosen = me.lines.find((line) => line.lane === lane);
        if (chosen) {
          const line = shape("path", { d: chosen.d, fill: "none", "stroke-width": 4, "stroke-linejoin": "round" });
          line.style.stroke = colors[lane];
          me.top.append(line);
        }
        endLabels(me, me.lines.filter((l) => l.end).map((l) => ({ x: l.end.x, y: l.end.y, text: laneName(l.lane), color: colors[l.lane], bold: l.lane === lane })));
      },
      near(me, px, py) {
        let found = null, distance = 40;
        for (const line of me.lines) if (line.end && Math.abs(line.end.y - py) < distance) { distance = Math.abs(line.end.y - py); found = line.lane; }
        return found;
      },
    });
    tables["sharpness-table"] = () => table("Curvature along the way", ["step", ...bend.lanes.map((lane) => `${thing} ${laneName(lane)}`)],
      [[`${two} / rate`, ...bend.lanes.map((lane) => format(bend.bound / values[lane]))],
        ...bend.steps.map((step, i) => [String(step), ...bend.lanes.map((_, row) => format(found[row * length + i]))])]);
    $("sharpness-lead").textContent = `The largest curvature ${bend.is_adaptive ? "as the optimizer scales it" : "of the loss"} at points of the way, divided by what the rate allows, ${two} / rate.`
      + " Training that stays below 1 is stable; networks often climb to 1 and hover there.";
    return null;
  }

  // Tables that are made when they are looked at.
  const tables = {};
  function refreshTable(id) {
    const host = $(id);
    if (tables[id] && host.closest("details").open) host.replaceChildren(tables[id]());
  }
  for (const details of document.querySelectorAll("details")) {
    details.addEventListener("toggle", () => details.querySelectorAll("[id$=-table]").forEach((host) => refreshTable(host.id)));
  }
  tables["courses-table"] = () => {
    const at = evenly(losses.steps.length, 9);
    return table("Loss of every lane", [thing, ...at.map((i) => `step ${losses.steps[i]}`)],
      values.map((_, lane) => [laneName(lane), ...at.map((i) => format(lossAt(lane, i)))]));
  };
  tables["ends-table"] = () => table("Where every lane ended", [thing, "last loss", "status"],
    values.map((_, lane) => [laneName(lane), format(lastLoss(lane)), statusWords(lane)]));
  listeners.push(() => refreshTable("path-table"));

  // Words.
  function missing(id, text) { $(id).replaceChildren(element("p", { class: "missing" }, text)); }
  function writeWords() {
    const kinds = ["converged", "training", "growing", "diverged"].map((kind) => [kind, data.statuses.filter((s) => s === kind).length]).filter(([, n]) => n);
    $("facts").textContent = `${count} ${count === 1 ? "lane" : "lanes"} of ${data.steps.toLocaleString("en")} steps: ${kinds.map(([kind, n]) => `${n} ${kind}`).join(", ")}${data.interrupted ? "; interrupted" : ""}`;
    const verdict = $("verdict"), at = best(), hasBest = Number.isFinite(lastLoss(at));
    if (advice) {
      verdict.append(element("p", { class: "label" }, "Take the learning rate"),
        element("p", { class: "rate" }, format(real(advice.learning_rate), 3)),
        element("p", { class: "range" }, `${format(real(advice.low), 3)} to ${format(real(advice.high), 3)} is about as good`));
    } else if (data.recommendation || !hasBest) {
      verdict.append(element("p", { class: "rate none" }, "No rate can be recommended"));
    } else {
      verdict.append(element("p", { class: "label" }, `The smallest loss was left by ${isRateAlone ? "the learning rate" : thing}`), element("p", { class: "rate" }, laneName(at)));
    }
    const figures = element("dl", { class: "figures" });
    const figure = (name, value) => figures.append(element("div", {}, element("dt", {}, name), element("dd", {}, value)));
    if (data.stability) {
      figure("Stable below", format(real(data.stability.limit)));
      figure("Largest curvature λ", format(real(data.stability.lambda_max)));
      figure("Smallest", format(real(data.stability.lambda_min)));
      figure("Optimizer", data.stability.optimizer);
    }
    if (hasBest) figure("Smallest last loss", `${format(lastLoss(at), 3)} at ${laneName(at)}`);
    if (figures.children.length) verdict.append(figures);
    const why = $("why"), told = data.recommendation || { reasons: [], doubts: [] };
    const list = (lines, kind = "") => element("ul", { class: kind }, ...lines.map((line) => element("li", {}, line)));
    const rest = data.explanation.filter((line) => !told.reasons.includes(line) && !told.doubts.includes(line) && !/^(Take the learning rate|No learning rate can)/.test(line));
    if (told.reasons.length) why.append(element("h3", {}, "Why"), list(told.reasons));
    if (told.doubts.length) why.append(element("h3", {}, "Doubts"), list(told.doubts, "doubts"));
    if (rest.length && rest.length <= 3) why.append(element("h3", {}, "What happened"), list(rest));
    else if (rest.length) why.append(element("details", {}, element("summary", {}, `What happened in the lanes (${rest.length})`), list(rest)));
    const lost = data.statuses.filter((s) => s === "diverged").length;
    $("courses-lead").textContent = `Each line is one ${thing}: lower is better.${lost ? " × marks where a lane diverged." : ""}`;
    $("ends-lead").textContent = Number.isFinite(limit)
      ? "A lane is a dot; × diverged, △ grows. Right of the dashed limit every step overshoots by more than the last." : "A lane is a dot; × diverged, △ grows.";
    $("command").textContent = data.command;
    for (const [name, value] of data.environment) $("environment").append(element("div", {}, element("dt", {}, name), element("dd", {}, value)));
    $("copy").addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(data.command); } catch {
        const range = document.createRange();
        range.selectNodeContents($("command"));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        document.execCommand("copy");
      }
      $("copy").textContent = "Copied";
      announce("Copied");
      setTimeout(() => { $("copy").textContent = "Copy"; }, 1500);
    });
  }

  // The lanes.
  function writeLegend() {
    const legend = $("legend");
    if (others.length) {
      $("lanes-title").textContent = `Lanes: ${thing}`;
      legend.classList.add("wide");
    }
    values.forEach((_, lane) => {
      const chip = element("button", { type: "button", role: "radio", class: "chip", "aria-checked": "false", "aria-label": `${thing} ${laneName(lane)}, ${statusWords(lane)}` },
        element("span", { class: "swatch" }), others.length || count <= 16 ? laneName(lane) : format(values[lane], 3), element("span", { class: `mark ${data.statuses[lane]}` }, MARKS[data.statuses[lane]]));
      if (lane === data.own_lane) chip.append(element("span", { class: "own", title: "the script's own" }, "own"));
      chip.addEventListener("click", () => choose(lane));
      chip.addEventListener("pointerenter", () => { state.hover = lane; listeners.forEach((listen) => listen()); });
      chip.addEventListener("pointerleave", () => { state.hover = null; listeners.forEach((listen) => listen()); });
      legend.append(chip);
    });
    legend.addEventListener("keydown", (event) => {
      const to = { ArrowRight: state.lane + 1, ArrowDown: state.lane + 1, ArrowLeft: state.lane - 1, ArrowUp: state.lane - 1, Home: 0, End: count - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      choose((to + count) % count, false);
      legend.children[state.lane].focus();
    });
    listeners.push(() => [...legend.children].forEach((chip, lane) => {
      const isChosen = lane === state.lane;
      if ((chip.getAttribute("aria-checked") === "true") !== isChosen || chip.tabIndex !== (isChosen ? 0 : -1)) {
        chip.setAttribute("aria-checked", isChosen);
        chip.tabIndex = isChosen ? 0 : -1;
      }
    }));
  }

  // What the program fetched.
  function writeRows() {
    const { columns, steps, left_out: leftOut } = data.records;
    if (!columns.length) { $("rows-lane").closest("label").remove(); missing("rows", "The program fetched no numbers while it trained."); return; }
    const cells = floats(data.records.values), select = $("rows-lane");
    values.forEach((_, lane) => select.append(element("option", { value: lane }, `${laneName(lane)} · ${statusWords(lane)}`)));
    select.addEventListener("change", () => choose(+select.value));
    let drawn = -1;
    const write = () => {
      select.value = state.lane;
      if (drawn === state.lane) return;
      drawn = state.lane;
      const start = state.lane * steps.length * columns.length;
      $("rows").replaceChildren(table(`What was fetched at ${thing} ${laneName(state.lane)}`, ["step", ...columns],
        evenly(steps.length, 100).map((i) => [String(steps[i]), ...columns.map((_, c) => format(cells[start + i * columns.length + c], 7))])));
    };
    listeners.push(write);
    const rows = Math.min(steps.length, 100);
    $("rows-lead").textContent = "For one lane: what session.run gave, and after how many steps."
      + (leftOut || steps.length > 100 ? ` ${rows} of ${(steps.length + leftOut).toLocaleString("en")} rows are shown, evenly.` : "");
  }

  // The theme: the system's, until it is chosen here.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let own = null, turns = 0;
  try { own = localStorage.getItem("kudari-theme"); } catch { own = null; }
  function applyTheme() {
    const isDark = own ? own === "dark" : dark.matches;
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    $("theme").textContent = isDark ? "Light theme" : "Dark theme";
    readColors();
    [...$("legend").children].forEach((chip, lane) => { chip.firstElementChild.style.background = colors[lane]; });
    // One chart after each frame, those that can be seen first: the page answers in between.
    const far = (drawn) => { const box = drawn.host.getBoundingClientRect(); return Math.abs((box.top + box.bottom - innerHeight) / 2); };
    const waiting = [courses, ends, path, sharp].filter(Boolean).sort((a, b) => far(a) - far(b)), turn = ++turns;
    const next = () => {
      if (turn !== turns || !waiting.length) return;
      waiting.shift().redraw();
      soon();
    };
    const soon = () => requestAnimationFrame(() => setTimeout(next, 10));
    soon();
  }
  dark.addEventListener("change", applyTheme);
  $("theme").addEventListener("click", () => {
    own = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("kudari-theme", own); } catch { /* a page from disk may have no storage */ }
    applyTheme();
  });

  writeWords();
  writeLegend();
  writeRows();
  if (!losses.steps.length) for (const id of ["courses", "ends"]) missing(id, "No optimizer was asked to minimize a loss, so none was recorded.");
  if (way.missing) missing("path-body", way.missing); else preparePath();
  const without = bend.missing || prepareSharpness();
  if (without) missing("sharpness-body", without);
  applyTheme();
  listeners.forEach((listen) => listen());
})();
