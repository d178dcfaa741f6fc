import type { ReactNode } from "react";

interface SmoothingSliderProps {
  readonly label: string;
  /** From 0, none, to .95. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly className?: string;
}

/** How much of what came before a curve's point holds on to. */
export function SmoothingSlider({ label, value, onChange, className = "" }: SmoothingSliderProps): ReactNode {
  return (
    <label className={`mt-2 flex w-max items-center gap-2 text-xs text-ink-3 ${className}`}>
      {label}
      <input
        type="range"
        min={0}
        max={0.95}
        step={0.05}
        value={value}
        className="w-32 accent-(--accent)"
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
