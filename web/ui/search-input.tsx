// The words of a list's filter: asked once the person pauses, replaced when the list goes to another view.
import { useEffect, useRef, useState } from "react";
import { TextInput } from "./text-input.tsx";

const pauseMs = 250;

export function SearchInput(props: {
  value: string | undefined;
  onSearch: (words: string | undefined) => void;
  label: string;
  placeholder: string;
  width: number;
  autoFocus?: boolean;
}) {
  const given = props.value ?? "";
  const [words, setWords] = useState(given);
  const [known, setKnown] = useState(given);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  if (given !== known) {
    setKnown(given);
    if (given !== words.trim()) setWords(given);
  }
  const latest = useRef(props.onSearch);
  useEffect(() => {
    latest.current = props.onSearch;
  });
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  const change = (next: string): void => {
    setWords(next);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(next.trim() || undefined), pauseMs);
  };
  return (
    <TextInput
      autoFocus={props.autoFocus === true}
      style={{ width: props.width }}
      value={words}
      onChange={(event) => change(event.target.value)}
      placeholder={props.placeholder}
      aria-label={props.label}
    />
  );
}
