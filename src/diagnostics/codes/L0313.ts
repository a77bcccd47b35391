import { code } from "./code.js";

export const entry = code({
  code: "L0313",
  severity: "error",
  title: "a transform does not fit what it is given",
  meaning: `
    Each transform says what it takes and gives: an image, audio, a spectrogram, text. One that is given something else, or more of it than there is, can't work.`,
  why: `
    Pipelines are followed from the source to the model before anything is read.`,
  wrong: {
    spec: `
      dataset sounds {
        source    crema_d("data/CREMA-D")
        classes   6
        features  fit(4 s) |> log
        train     split(all)
      }

      model net {
        input  spectrogram(bands: 64, frames: 401)

        flat:  flatten
        head:  dense(6)
      }`,
  },
  right: {
    spec: `
      dataset sounds {
        source    crema_d("data/CREMA-D")
        classes   6
        features  fit(4 s) |> mel(64, window: 25 ms, hop: 10 ms) |> log
        train     split(all)
      }

      model net {
        input  spectrogram(bands: 64, frames: 401)

        flat:  flatten
        head:  dense(6)
      }`,
  },
});
