"use client";
import type { ReactNode } from "react";
import "./styles/globals.css";

/** The last resort, when not even the layout with its languages could be drawn: it speaks both. */
export default function GlobalError({ retry }: { readonly error: unknown; readonly retry: () => void }): ReactNode {
  return (
    <html lang="en">
      <body>
        <main className="page-edges grid justify-items-start gap-3 py-12">
          <p className="text-lg font-medium">
            This page broke. <span lang="zh-Hans">页面出错了。</span>
          </p>
          <button
            type="button"
            className="rounded-md border border-edge bg-surface px-3 py-1.5 font-medium"
            onClick={retry}
          >
            Try again <span lang="zh-Hans">重试</span>
          </button>
        </main>
      </body>
    </html>
  );
}
